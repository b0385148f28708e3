"""The data of the lessons: same everywhere, honestly described, and there without a network."""

from __future__ import annotations

import subprocess
import sys
import urllib.error

import numpy as np
import pytest

import course
from course import data
from grader.text import LANGUAGES, translate

FIRST_TEST_LABELS = [3, 2, 7, 6, 4, 8, 1, 9, 6, 0]
COLOUR_SUMS = [246438, 162316, 282892, 271343, 364394]  # of the first training images, 0 to 255
FIRST_ARM = [-0.362, 1.021, -0.38, 0.604, 0.775, -0.228, -0.13, -0.267]  # radians


@pytest.fixture(scope="module")
def scans() -> data.Images:
    return data.digits()


def test_the_digits_have_the_shapes_types_and_range_that_are_promised(scans: data.Images) -> None:
    assert scans.x_train.shape == (1437, 28, 28)
    assert scans.x_test.shape == (360, 28, 28)
    assert scans.x_train.dtype == scans.x_test.dtype == np.float32
    assert scans.y_train.dtype == scans.y_test.dtype == np.int64
    for images in (scans.x_train, scans.x_test):
        assert images.min() == 0.0
        assert images.max() == 1.0


def test_every_digit_has_the_same_share_in_both_parts(scans: data.Images) -> None:
    train = np.bincount(scans.y_train) / len(scans.y_train)
    test = np.bincount(scans.y_test) / len(scans.y_test)
    assert len(train) == len(test) == 10
    assert np.abs(train - test).max() < 0.005


def test_no_test_image_is_in_the_training_set(scans: data.Images) -> None:
    small = data.thumbnails()
    seen = {image.tobytes() for image in small.x_train}
    assert not any(image.tobytes() in seen for image in small.x_test)


def test_the_split_is_the_same_every_time(scans: data.Images) -> None:
    again = data.digits()
    assert np.array_equal(again.x_train, scans.x_train)
    assert np.array_equal(again.y_test, scans.y_test)
    assert scans.y_test[:10].tolist() == FIRST_TEST_LABELS


def test_thumbnails_are_the_same_scans_in_the_same_order(scans: data.Images) -> None:
    small = data.thumbnails()
    assert small.x_train.shape == (1437, 8, 8)
    assert np.array_equal(small.y_train, scans.y_train)
    ink = scans.x_train.mean(axis=(1, 2)), small.x_train.mean(axis=(1, 2))
    assert np.corrcoef(*ink)[0, 1] > 0.99


@pytest.fixture(scope="module")
def colours() -> data.Images:
    return data.colour_digits()


def test_the_colour_digits_have_the_shapes_types_and_range_that_are_promised(
    colours: data.Images,
) -> None:
    assert colours.x_train.shape == (1437, 32, 32, 3)
    assert colours.x_test.shape == (360, 32, 32, 3)
    assert colours.x_train.dtype == colours.x_test.dtype == np.float32
    assert colours.y_train.dtype == colours.y_test.dtype == np.int64
    for images in (colours.x_train, colours.x_test):
        assert 0 <= images.min() < 0.01
        assert 0.99 < images.max() <= 1


def test_the_colour_digits_are_the_digits_in_the_same_order_and_light(
    colours: data.Images, scans: data.Images
) -> None:
    assert np.array_equal(colours.y_train, scans.y_train)
    assert np.array_equal(colours.y_test, scans.y_test)
    for images, small in ((colours.x_train, scans.x_train), (colours.x_test, scans.x_test)):
        middle = images[:, 2:30, 2:30].mean(axis=3)
        light, ink = (a.reshape(len(a), -1) - a.mean((1, 2))[:, None] for a in (middle, small))
        likeness = (light * ink).sum(1) / np.sqrt((light**2).sum(1) * (ink**2).sum(1))
        assert likeness.min() > 0.3
        assert likeness.mean() > 0.85


def test_the_colour_digits_are_the_same_every_time_and_each_caller_has_its_own(
    colours: data.Images,
) -> None:
    sums = np.round(colours.x_train[:5] * 255).sum(axis=(1, 2, 3))
    assert np.allclose(sums, COLOUR_SUMS, rtol=1e-3)  # decoders of JPEG may round otherwise
    again = data.colour_digits()
    assert np.array_equal(again.x_train, colours.x_train)
    assert np.array_equal(again.x_test, colours.x_test)
    again.x_train[:], again.y_test[:] = 0, 0
    assert colours.x_train.max() > 0.99
    assert data.colour_digits().x_train.max() > 0.99
    assert data.colour_digits().y_test.any()


def test_the_colour_digits_are_blended_once_in_a_process(colours: data.Images) -> None:
    before = data._blended_digits.cache_info().misses
    data.colour_digits()
    assert data._blended_digits.cache_info().misses == before == 1


def test_no_photograph_lies_behind_a_training_and_a_test_image() -> None:
    seen: list[np.ndarray] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "_blended", lambda _scans, parts, _random: seen.extend(parts))
        data._blended_digits.__wrapped__()
    train, test = seen[:2], seen[2:]
    assert [a.shape[1] + b.shape[1] for a, b in zip(train, test, strict=True)] == [640, 640]
    assert not any(np.shares_memory(a, b) for a in train for b in test)


def test_images_are_loaded_by_their_name(scans: data.Images) -> None:
    for name in ("digits", "thumbnails", "colour digits"):
        assert data.load(name).name == name
    with pytest.raises(KeyError, match="CIFAR-10"):
        data.load("cifar")


def test_the_arms_have_the_shapes_types_and_ranges_that_are_promised() -> None:
    arms = data.arms()
    assert arms.x_train.shape == (2400, 8)
    assert arms.y_train.shape == (2400, 1)
    assert arms.x_test.shape == (600, 8)
    assert arms.y_test.shape == (600, 1)
    for angles, reach in ((arms.x_train, arms.y_train), (arms.x_test, arms.y_test)):
        assert angles.dtype == reach.dtype == np.float32
        assert np.abs(angles).max() <= np.float32(np.pi / 3)
        assert reach.min() >= 0
        assert reach.max() <= 1


def test_the_arms_are_the_same_every_time() -> None:
    one, other = data.arms(), data.arms()
    assert np.array_equal(one.x_train, other.x_train)
    assert np.array_equal(one.y_test, other.y_test)
    assert np.allclose(one.x_train[0], FIRST_ARM, atol=5e-4)


def test_an_arm_stretched_out_reaches_1_and_one_curled_up_comes_back() -> None:
    curled = np.full((1, 8), np.pi / 4, np.float32)  # eight segments of a regular octagon
    assert np.allclose(data.joints(np.zeros((1, 8), np.float32))[0, -1], [1, 0], atol=1e-6)
    assert np.allclose(data.joints(curled)[0, -1], [0, 0], atol=1e-6)


def test_the_reach_is_that_of_the_joints_and_no_straight_line_fits_it() -> None:
    arms = data.arms()
    hands = data.joints(arms.x_test)[:, -1]
    assert np.allclose(np.hypot(*hands.T)[:, None], arms.y_test, atol=1e-6)
    table = np.c_[arms.x_train, np.ones(len(arms.x_train))]
    line = np.linalg.lstsq(table, arms.y_train, rcond=None)[0]
    errors = np.c_[arms.x_test, np.ones(len(arms.x_test))] @ line - arms.y_test
    assert np.mean(errors**2) > 0.95 * arms.y_test.var()


def test_importing_the_data_loads_neither_tensorflow_nor_scikit_learn() -> None:
    code = (
        "import sys, course.data;"
        "print([m for m in ('tensorflow', 'keras', 'sklearn', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _no_network(**_arguments: object) -> None:
    try:
        raise urllib.error.URLError("Name or service not known")
    except urllib.error.URLError as error:
        raise Exception(f"URL fetch failure: {error.reason}")  # noqa: B904  as Keras does


def _silence(**_arguments: object) -> None:
    raise TimeoutError("timed out")


def _captive_portal(**_arguments: object) -> None:
    raise ValueError("Incomplete file detected. The sha256 file hash does not match the value")


@pytest.mark.parametrize("failure", [_no_network, _silence, _captive_portal])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "module", "stand_in", "message"),
    [
        ("MNIST", "mnist", "digits", data.UNREACHABLE),
        ("CIFAR-10", "cifar10", "colour digits", data.CIFAR_UNREACHABLE),
    ],
)
def test_without_network_this_is_said_in_the_language_and_our_images_stand_in(
    name: str,
    module: str,
    stand_in: str,
    message: str,
    failure: object,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(f"keras.datasets.{module}.load_data", failure)
    monkeypatch.setattr(course, "language", lambda: language)
    found = data.load(name)
    assert found.name == stand_in
    assert np.array_equal(found.x_train, data.load(stand_in).x_train)
    assert capsys.readouterr().out.strip() == translate(message, language)
    assert language == "en" or translate(message, language) != message


@pytest.mark.parametrize("name", ["mnist", "cifar10"])
def test_a_mistake_that_is_not_the_networks_is_not_hidden(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_arguments: object) -> None:
        raise KeyError("x_train")

    monkeypatch.setattr(f"keras.datasets.{name}.load_data", broken)
    with pytest.raises(KeyError, match="x_train"):
        getattr(data, name)()


@pytest.mark.parametrize(
    ("name", "module", "shape", "labels"),
    [
        ("MNIST", "mnist", (28, 28), np.arange(5, dtype="uint8")),
        ("CIFAR-10", "cifar10", (32, 32, 3), np.arange(5, dtype="uint8")[:, None]),
    ],
)
def test_downloaded_images_come_in_the_form_of_ours(
    name: str,
    module: str,
    shape: tuple[int, ...],
    labels: np.ndarray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    images = np.full((5, *shape), 255, "uint8")
    monkeypatch.setattr(
        f"keras.datasets.{module}.load_data", lambda: ((images, labels), (images[:2], labels[:2]))
    )
    found = data.load(name)
    assert found.name == name
    assert found.x_train.shape == (5, *shape)
    assert found.y_train.tolist() == [0, 1, 2, 3, 4]
    assert found.x_train.dtype == np.float32
    assert found.y_test.dtype == np.int64
    assert found.x_train.max() == 1.0


def _build(weights: str | None, size: int) -> str:
    if weights is not None:
        _no_network()
    return f"untrained, {size}"


def test_without_network_a_model_of_imagenet_is_untrained_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in LANGUAGES:
        monkeypatch.setattr(course, "language", lambda language=language: language)
        assert data.imagenet(_build, size=3) == "untrained, 3"
        said = translate(data.UNTRAINED, language, model="_build")
        assert capsys.readouterr().out.strip() == said


def test_with_a_network_a_model_of_imagenet_has_its_weights_and_nothing_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert data.imagenet(lambda weights, size: (weights, size), size=3) == ("imagenet", 3)
    assert not capsys.readouterr().out


def test_a_wrong_option_of_a_model_of_imagenet_is_not_taken_for_the_network() -> None:
    def broken(**_arguments: object) -> None:
        raise ValueError("input size must be at least 32x32")

    with pytest.raises(ValueError, match="32x32"):
        data.imagenet(broken)
