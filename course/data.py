"""What the lessons learn from: small, real where possible, and at hand without a network.

Importing this module is quick: scikit-learn, Pillow and Keras are loaded when they are needed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

import course
from grader.text import mark as _
from grader.text import translate

if TYPE_CHECKING:
    from keras import Model
    from numpy.typing import NDArray

UNREACHABLE = _(
    "The full MNIST could not be downloaded: its server cannot be reached from here. "
    "The 1,797 digits that come with the course stand in for it; everything else works as before."
)
CIFAR_UNREACHABLE = _(
    "CIFAR-10 could not be downloaded: its server cannot be reached from here. The 1,797 colour "
    "digits that come with the course stand in for it; everything else works as before."
)
UNTRAINED = _(
    "The ImageNet weights of {model} could not be downloaded: their server cannot be reached from "
    "here. The model is untrained: the same layers and shapes, but random weights."
)
_HELD_OUT = 360  # a fifth of the scans
_PATIENCE = 20  # seconds without an answer from the server
_ARMS, _ARMS_HELD_OUT = 3000, 600
_COLOUR_SIDE = 32  # pixels
_DUSK = 0.5  # the light left on the photographs, so that light ink stands out anywhere
_TEST_STRIP = 128  # columns at the right of each photograph, kept for the test images
_WIDEST_TURN = np.pi / 3  # of a joint, either way, in radians


@dataclass(frozen=True)
class Images:
    """Labelled images, split once and for all into a training set and a test set.

    ``x_train`` and ``x_test`` are float32 arrays: scans have the shape (images, rows, columns) and
    go from 0 (paper) to 1 (ink); colour images have the shape (images, rows, columns, 3), red,
    green and blue, and go from 0 (dark) to 1 (light). ``y_train`` and ``y_test`` are int64 arrays
    of shape (images,): the class, 0 to 9. ``name`` says which data they are: :func:`load` takes it.
    """

    name: str
    x_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int64]


@dataclass(frozen=True)
class Arms:
    """Positions of a jointed arm and how far each reaches, split once and for all.

    ``x_train`` and ``x_test`` are float32 arrays of shape (arms, 8): by how much each joint turns,
    in radians, from -pi/3 to pi/3. ``y_train`` and ``y_test`` are float32 arrays of shape
    (arms, 1): the distance from the base to the hand, where the arm stretched out is 1 long.
    """

    x_train: NDArray[np.float32]
    y_train: NDArray[np.float32]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.float32]


def digits() -> Images:
    """1,797 scanned handwritten digits, 28 x 28 pixels: 1,437 to train on, 360 held out.

    They are the test part of the "Optical Recognition of Handwritten Digits" data set (E. Alpaydin
    and C. Kaynak, 1998, UCI Machine Learning Repository, https://doi.org/10.24432/C50P49, licence
    CC BY 4.0), which scikit-learn carries as 8 x 8 scans; here they are enlarged (bicubic). The
    split is the same everywhere, and each digit has the same share in both parts.
    """
    from PIL import Image

    small = thumbnails()

    def enlarged(scans: NDArray[np.float32]) -> NDArray[np.float32]:
        size, how = (28, 28), Image.Resampling.BICUBIC
        images = [np.asarray(Image.fromarray(scan).resize(size, how)) for scan in scans]
        return np.clip(np.stack(images), 0, 1)  # the bicubic curve swings a little beyond

    x_train, x_test = enlarged(small.x_train), enlarged(small.x_test)
    return Images("digits", x_train, small.y_train, x_test, small.y_test)


def thumbnails() -> Images:
    """The same scans as :func:`digits`, in the same order, at their original 8 x 8 pixels."""
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    scans = load_digits()
    images = (scans.images / 16).astype(np.float32)  # 16 levels of ink
    labels = scans.target.astype(np.int64)
    x_train, x_test, y_train, y_test = train_test_split(
        images, labels, test_size=_HELD_OUT, stratify=labels, random_state=2011
    )
    return Images("thumbnails", x_train, y_train, x_test, y_test)


def colour_digits() -> Images:
    """The same scans, in the same order, as light ink on photographs: 32 x 32 pixels, in colour.

    Each scan of :func:`digits`, with a margin of 2 pixels, is blended in a colour of its own over a
    patch of one of the two photographs that scikit-learn carries, dimmed by half: "china.jpg" by
    danielbuechele and "flower.jpg" by vultilion (Flickr, licence CC BY 2.0). Patches and colours
    are drawn at random, the same everywhere; no pixel of a photograph lies behind a training image
    and behind a test image. They are made once in a process; each call gives fresh arrays.
    """
    x_train, y_train, x_test, y_test = _blended_digits()
    return Images("colour digits", _scaled(x_train), y_train.copy(), _scaled(x_test), y_test.copy())


def mnist() -> Images:
    """The full MNIST, 28 x 28 pixels: 60,000 images to train on, 10,000 held out.

    Downloaded once through ``keras.datasets`` (Y. LeCun and C. Cortes, licence CC BY-SA 3.0, 11 MB)
    and kept in Keras's cache. When its server cannot be reached, says so in the notebook's language
    and returns :func:`digits`, which fits the same models; ``name`` tells which of the two it is.
    """
    from keras.datasets import mnist as source

    return _downloaded("MNIST", source.load_data, UNREACHABLE) or digits()


def cifar10() -> Images:
    """The full CIFAR-10, 32 x 32 pixels in colour: 50,000 images to train on, 10,000 held out.

    Ten kinds: airplane, automobile, bird, cat, deer, dog, frog, horse, ship, truck. Downloaded once
    through ``keras.datasets`` (A. Krizhevsky, "Learning Multiple Layers of Features from Tiny
    Images", 2009, without a stated licence, 170 MB) and kept in Keras's cache. When its server
    cannot be reached, says so in the notebook's language and returns :func:`colour_digits`, which
    fits the same models; ``name`` tells which of the two it is.
    """
    from keras.datasets import cifar10 as source

    return _downloaded("CIFAR-10", source.load_data, CIFAR_UNREACHABLE) or colour_digits()


_IMAGES: Mapping[str, Callable[[], Images]] = MappingProxyType(
    {
        "digits": digits,
        "thumbnails": thumbnails,
        "MNIST": mnist,
        "colour digits": colour_digits,
        "CIFAR-10": cifar10,
    }
)


def load(name: str) -> Images:
    """The images called ``name``: ``load("colour digits")``, or ``load("CIFAR-10")`` instead.

    ``KeyError`` names those that exist.
    """
    if name not in _IMAGES:
        raise KeyError(f"no images {name!r}; there are {', '.join(_IMAGES)}")
    return _IMAGES[name]()


def imagenet(build: Callable[..., Model], **options: Any) -> Model:
    """A model of ``keras.applications`` with the weights that it learned from ImageNet.

    ``build`` is its function, such as ``keras.applications.VGG19``, and ``options`` are its other
    arguments. The weights are downloaded once and kept in Keras's cache. When their server cannot
    be reached, says so in the notebook's language and returns the model untrained.
    """
    try:
        with _timeout(_PATIENCE):
            return build(weights="imagenet", **options)
    except Exception as error:  # Keras raises plain Exception for whatever the network does
        if not _is_network_failure(error):
            raise
        print(translate(UNTRAINED, course.language(), model=build.__name__))
        return build(weights=None, **options)


def arms() -> Arms:
    """3,000 random positions of a flat arm with eight joints: 2,400 to train on, 600 held out.

    Generated here (so under the licence of the course), the same everywhere: each joint turns by
    an angle drawn evenly from -60 to 60 degrees, and trigonometry says where the hand is. There
    is no noise. No linear model fits it: a mirrored arm has all its angles of the other sign, and
    reaches as far. Its classic relative is the data set "kin8nm" (DELVE, University of Toronto).
    """
    random = np.random.default_rng(8)
    angles = random.uniform(-_WIDEST_TURN, _WIDEST_TURN, (_ARMS, 8)).astype(np.float32)
    hands = joints(angles)[:, -1]
    reach = np.linalg.norm(hands, axis=1, keepdims=True).astype(np.float32)
    end = _ARMS - _ARMS_HELD_OUT
    return Arms(angles[:end], reach[:end], angles[end:], reach[end:])


def joints(angles: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where the joints are, from the base at (0, 0) to the hand: (arms, 8) -> (arms, 9, 2).

    Each angle is the turn from one segment, an eighth long, to the next, in radians; the first is
    measured from the horizontal.
    """
    directions = np.cumsum(angles, axis=1)
    segments = np.stack([np.cos(directions), np.sin(directions)], axis=2) / angles.shape[1]
    base = np.zeros((len(angles), 1, 2))
    return np.concatenate([base, np.cumsum(segments, axis=1)], axis=1).astype(np.float32)


@cache
def _blended_digits() -> tuple[NDArray[Any], ...]:
    """x_train, y_train, x_test, y_test of :func:`colour_digits`, its pixels from 0 to 255."""
    from sklearn.datasets import load_sample_images

    scans, photographs = digits(), load_sample_images().images
    edge = photographs[0].shape[1] - _TEST_STRIP
    left = [photograph[:, :edge] for photograph in photographs]
    right = [photograph[:, edge:] for photograph in photographs]
    x_train = _blended(scans.x_train, left, np.random.default_rng(2016))
    x_test = _blended(scans.x_test, right, np.random.default_rng(2017))
    return x_train, scans.y_train, x_test, scans.y_test


def _blended(
    scans: NDArray[np.float32], photographs: list[NDArray[np.uint8]], random: np.random.Generator
) -> NDArray[np.uint8]:
    """Scans in light ink, two channels bright and one of any strength, over patches at dusk."""
    side = _COLOUR_SIDE
    blended = np.empty((len(scans), side, side, 3), np.uint8)
    for image, scan in zip(blended, scans, strict=True):
        photograph = photographs[random.integers(len(photographs))]
        row = random.integers(photograph.shape[0] - side + 1)
        column = random.integers(photograph.shape[1] - side + 1)
        patch = photograph[row : row + side, column : column + side] * _DUSK
        colour = random.uniform(190, 255, 3)
        colour[random.integers(3)] = random.uniform(60, 255)
        ink = np.pad(scan, (side - len(scan)) // 2)[..., None]
        image[:] = np.round(patch * (1 - ink) + colour * ink)
    return blended


def _downloaded(
    name: str, load_data: Callable[[], tuple[Any, Any]], unreachable: str
) -> Images | None:
    """Images from ``keras.datasets``; None, and a message, if their server cannot be reached."""
    try:
        with _timeout(_PATIENCE):
            (x_train, y_train), (x_test, y_test) = load_data()
    except Exception as error:  # Keras raises plain Exception for whatever the network does
        if not _is_network_failure(error):
            raise
        print(translate(unreachable, course.language()))
        return None
    return Images(
        name,
        _scaled(x_train),
        y_train.ravel().astype(np.int64),  # CIFAR-10 has a column of labels
        _scaled(x_test),
        y_test.ravel().astype(np.int64),
    )


def _scaled(images: NDArray[Any]) -> NDArray[np.float32]:
    return (images / 255).astype(np.float32)


def _is_network_failure(error: BaseException | None) -> bool:
    """Whether the network is behind ``error``: refused, silent, or answering with another file."""
    while error is not None:
        if isinstance(error, OSError) or "file hash does not match" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


@contextmanager
def _timeout(seconds: float) -> Iterator[None]:
    """Give up on a silent server: Keras's download has no time limit of its own."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
