"""Forbid system calls that no notebook needs and that attacks on Linux begin with (seccomp).

Everything else stays allowed: which calls TensorFlow makes changes from version to version.
"""

from __future__ import annotations

import ctypes
import errno
import os
import socket
import struct

from grader.sandbox import system

# name: number on x86_64, on aarch64
_FORBIDDEN = {
    # new namespaces, and other views of the file system
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    # other processes' memory and files
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # memory that no limit counts
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    # large parts of the kernel with a history
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # the machine itself
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "quotactl": (179, 60),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
}
_CLONE = (56, 220)
_CLONE3 = 435
_SOCKET = (41, 198)
# Of its own network, which leads nowhere. Other families are not all held by a network namespace:
# a virtual machine's sockets reach its host.
_FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x40000000  # x86_64's second set of numbers begins here

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


class UnknownMachine(OSError):
    """The numbers of this processor's system calls are not known here."""


def forbid() -> None:
    """Install the filter in this process and all that it starts.

    Needs "no new privileges". Raises ``UnknownMachine``, or ``OSError`` where there is no seccomp.
    """
    code = _program(os.uname().machine)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("HP", len(code) // 8, ctypes.addressof(buffer))
    filtered = 2  # SECCOMP_MODE_FILTER
    system.prctl(system.PR_SET_SECCOMP, filtered, program)


def _program(machine: str) -> bytes:
    """The filter in the kernel's own little language (classic BPF)."""
    if machine not in _MACHINES:
        raise UnknownMachine(errno.ENOSYS, f"no filter of system calls for {machine}")
    column, architecture = _MACHINES[machine]
    number, architecture_at, flags = 0, 4, 16  # offsets in struct seccomp_data
    lines = [
        (_LOAD, 0, 0, architecture_at),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),  # 32-bit calls have other numbers
        (_LOAD, 0, 0, number),
        *_unless(_AT_LEAST, _X32, errno.ENOSYS),
        # Its flags are out of the filter's sight; the C library then uses clone.
        *_unless(_EQUAL, _CLONE3, errno.ENOSYS),
    ]
    for numbers in _FORBIDDEN.values():
        lines += _unless(_EQUAL, numbers[column], errno.EPERM)
    families = [
        (_LOAD, 0, 0, flags),  # the first argument as well
        *((_EQUAL, len(_FAMILIES) - n, 0, family) for n, family in enumerate(_FAMILIES)),
        (_RETURN, 0, 0, _ERROR | errno.EAFNOSUPPORT),
        (_RETURN, 0, 0, _ALLOW),
    ]
    lines += [(_EQUAL, 0, len(families), _SOCKET[column]), *families]
    lines += [
        (_EQUAL, 0, 2, _CLONE[column]),  # any other call is allowed
        (_LOAD, 0, 0, flags),
        (_ANY_BIT, 1, 0, system.NAMESPACES),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERROR | errno.EPERM),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _unless(test: int, operand: int, number: int) -> list[tuple[int, int, int, int]]:
    """Fail with error ``number`` if the test holds, else go on."""
    return [(test, 0, 1, operand), (_RETURN, 0, 0, _ERROR | number)]
