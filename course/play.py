"""Pictures to play with: sliders and fields beside them where a person works in the notebook.

Everywhere else (builds, tests, grading, exports, a notebook on paper) the same cell gives the
picture for the values that the function starts with, so nothing depends on a hand that moves.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course import session


@dataclass(frozen=True)
class Slider:
    """A number from ``low`` to ``high`` in steps; ``label`` stands before it."""

    label: str
    low: float
    high: float
    step: float

    def widget(self, value: Any) -> Any:
        """The slider of a notebook, at ``value``. It answers when it is let go."""
        import ipywidgets

        whole = all(isinstance(number, int) for number in (self.low, self.high, self.step))
        kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        return kind(
            value, min=self.low, max=self.high, step=self.step, **_shown(self.label, "36em")
        )


@dataclass(frozen=True)
class Field:
    """A line of text to type; ``label`` stands before it."""

    label: str

    def widget(self, value: Any) -> Any:
        """The field of a notebook, holding ``value``. It answers on Enter, or when it is left."""
        import ipywidgets

        return ipywidgets.Text(value, **_shown(self.label, "48em"))


def explore(picture: Callable[..., Any], **controls: Slider | Field) -> Any:
    """What ``picture`` returns, drawn anew whenever one of its arguments is changed by hand.

    ``controls`` are named as the arguments, which all start at their defaults. ``TypeError`` if
    an argument is missing or has no default.
    """
    defaults = {
        name: parameter.default for name, parameter in inspect.signature(picture).parameters.items()
    }
    for name in controls:
        if defaults.get(name, inspect.Parameter.empty) is inspect.Parameter.empty:
            raise TypeError(f"explore: {picture.__name__} has no argument {name!r} with a default")
    if not session.is_attended():
        return picture()
    import ipywidgets
    from IPython.display import display

    def show(**values: Any) -> None:
        display(picture(**values))

    widgets = {name: control.widget(defaults[name]) for name, control in controls.items()}
    return ipywidgets.VBox([*widgets.values(), ipywidgets.interactive_output(show, widgets)])


def _shown(label: str, width: str) -> dict[str, Any]:
    return {
        "description": label,
        "continuous_update": False,
        "style": {"description_width": "initial"},
        "layout": {"width": width, "max_width": "100%"},
    }
