"""What a student is told about each kind of difference: the one place to change a message."""

from __future__ import annotations

from collections.abc import Mapping

from grader.text import mark as _

EQUIVALENT = _("The two models are equivalent.")
NOT_EQUIVALENT = _("The two models are not equivalent.")

MESSAGES: Mapping[str, str] = {
    "missing-layer": _("A layer is missing after “{after}”: {expected}."),
    "surplus-layer": _("“{layer}” ({found}) is one layer too many: nothing asks for it here."),
    "replaced-layer": _("“{layer}” is of type {found}; {expected} is asked for here."),
    "wrong-setting": _("“{layer}”: {setting} is {found}, but {expected} is asked for."),
    "wrong-constant": _("“{layer}” computes with {found} where {expected} is asked for."),
    "wrong-activation": _("“{layer}” uses the {found} activation; {expected} is asked for."),
    "missing-activation": _("“{layer}” has no activation; {expected} is asked for."),
    "logits": _(
        "“{layer}” is an output and has no activation, so it gives logits; {expected} is asked for."
    ),
    "not-logits": _(
        "“{layer}” is an output and applies {found}; no activation is asked for, so that it gives "
        "raw scores (logits)."
    ),
    "surplus-activation": _("“{layer}” applies {found}, but no activation is asked for here."),
    "wrong-order": _("“{layer}” ({found}) is at the wrong place in the chain of layers."),
    "wrong-connection": _("“{layer}” receives {found}; it should receive {expected}."),
    "wrong-input-order": _("“{layer}” receives the right inputs in the wrong order: {found}."),
    "not-shared": _(
        "{layers} are separate layers with their own weights; one shared layer is asked for."
    ),
    "wrongly-shared": _(
        "“{layer}” is used in several places and shares its weights; separate layers are asked for."
    ),
    "frozen": _("“{layer}” is frozen (trainable=False), but its weights should be trained."),
    "not-frozen": _("“{layer}” can be trained, but its weights should be frozen."),
    "missing-regularizer": _("“{layer}”: the regularizer of {role} is missing."),
    "surplus-regularizer": _("“{layer}” has a regularizer on {role} that nothing asks for."),
    "wrong-regularizer": _(
        "“{layer}”: the regularizer of {role} is {found}, but {expected} is asked for."
    ),
    "wrong-constraint": _(
        "“{layer}”: the constraint on {role} is {found}, but {expected} is asked for."
    ),
    "input-count": _("The model has {found} input(s), but {expected} are asked for."),
    "output-count": _("The model has {found} output(s), but {expected} are asked for."),
    "output-order": _("The outputs are right, but listed in another order than asked for."),
    "swapped-names": _(
        "The right outputs are there, but their names have changed places: {found}."
    ),
    "wrong-output": _(
        "Output “{layer}” is taken from {found}; it should be taken from {expected}."
    ),
    "wrong-input-shape": _("Input “{layer}” has shape {found}, but {expected} is asked for."),
    "wrong-input-type": _("Input “{layer}” has dtype {found}, but {expected} is asked for."),
    "unreadable": _("“{layer}” cannot be read layer by layer; only its numbers can be compared."),
    "different-numbers": _(
        "With the same weights, the model computes values other than those asked for."
    ),
    "different-in-training": _(
        "The model is right in inference, but computes other values in training."
    ),
    "different-gradients": _(
        "The model computes the right values, but its gradients differ: it would learn otherwise."
    ),
    "different-state": _(
        "The model computes the right values, but keeps other ones after a training step "
        "(moving averages, for instance)."
    ),
    "different-penalty": _(
        "The model computes the right values, but adds another penalty to the loss "
        "(regularizers, add_loss)."
    ),
    "wrong-weights": _(
        "The model has weights of the shapes {found}; those asked for have the shapes {expected}."
    ),
    "never-training": _(
        "“{layer}” is called with training=False: it acts as in inference even while training."
    ),
    "always-training": _(
        "“{layer}” is called with training=True: it acts as in training even in inference."
    ),
    "wrong-mode": _(
        "“{layer}” should be called with training={expected}, whatever the model does."
    ),
    "unused-layer": _("“{layer}” has weights, but the outputs do not depend on it."),
    "lost-on-save": _(
        "“{layer}” does not survive saving: what its get_config returns does not rebuild it."
    ),
    "not-a-model": _("A Keras model is expected here, but this is of type {found}."),
    "empty": _("The model has no layers yet: give them to keras.Sequential, or add them to it."),
    "unbuilt": _(
        "The model does not know its input shape yet: "
        "start it with keras.Input, or call it once on data."
    ),
    "raises": _("The model cannot be called on the inputs that are asked for. Keras says: {found}"),
    "wrong-output-shape": _("Output “{layer}” has shape {found}, but {expected} is asked for."),
    "wrong-input-name": _("An input is named “{found}”; “{expected}” is asked for."),
    "wrong-output-name": _("An output is named “{found}”; “{expected}” is asked for."),
    "missing-input-name": _("No input is named “{expected}”."),
    "missing-output-name": _("No output is named “{expected}”."),
    "missing-name": _("No layer is named “{expected}”."),
    "not-compiled": _("The model is not compiled yet: call its compile method."),
    "wrong-loss": _("Output “{layer}” is trained with the loss {found}; {expected} is asked for."),
    "wrong-loss-weight": _(
        "The loss of output “{layer}” has weight {found}; {expected} is asked for."
    ),
    "wrong-metrics": _("Output “{layer}” has the metrics {found}; {expected} is asked for."),
    "wrong-optimizer": _("The optimizer is {found}; {expected} is asked for."),
    "wrong-optimizer-setting": _("The optimizer’s {setting} is {found}; {expected} is asked for."),
    "not-measured": _(
        "What “{layer}” answers on examples that it has not seen is missing, so nothing is known."
    ),
    "rarely-right": _(
        "Of {count} examples that the model has not seen, “{layer}” gets {share}% right; "
        "{asked}% are asked for."
    ),
    "not-finite": _(
        "“{layer}” gives values that are not finite (NaN or infinite): training has diverged."
    ),
    "same-answer": _("“{layer}” gives the same answer for every example."),
    "renumbered": _(
        "“{layer}” tells the classes apart, but calls them by other numbers than the data does."
    ),
    "like-guessing": _("“{layer}” is hardly better than guessing."),
    "unread-input": _("“{layer}” does not depend on the input “{expected}” at all."),
}
