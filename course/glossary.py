"""The glossary: the terms of the course, where each is taught, and what it means.

Names and definitions are English; the catalogue translates them. They are Markdown: names that
are Keras's own stand in code format. A name may end in brackets that tell it from another.
"""

from __future__ import annotations

from dataclasses import dataclass

from grader.text import mark as _


@dataclass(frozen=True)
class Term:
    """A term: its name and its definition in a sentence or two, both of them msgids.

    ``group`` is where it stands in the glossary (``<!-- terms: GROUP -->`` in its source);
    ``topic`` is that of the unit which teaches it first.
    """

    group: str
    topic: str
    name: str
    definition: str


TERMS = (
    Term(
        "model",
        "welcome",
        _("model"),
        _(
            "A function some of whose numbers, the weights, are learned from examples. It is made "
            "of layers, and can be called like a layer in its turn."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("layer"),
        _(
            "One step of the computation: it takes tensors, returns tensors, and keeps the "
            "weights that it needs. `Dense`, `Conv2D` and `LSTM` are layers."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("unit"),
        _(
            "What computes one of the numbers that a layer returns, with weights and a bias of "
            "its own; elsewhere it is called a neuron. `Dense(64)` has 64 units."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("weight"),
        _(
            "A number that multiplies what comes in; training adjusts it. The plural often means "
            "all that a model has learned, biases included."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("bias"),
        _(
            "The number that a unit adds to its weighted sum, and that training adjusts too. "
            "Without it, a unit could only answer 0 when all that comes in is 0."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("input"),
        _(
            "What a model takes. `keras.Input(shape=(784,))` holds no data yet: it promises the "
            "shape and the dtype of what will come."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("output"),
        _(
            "What a model returns. There may be several, in a list or, better, in a dictionary "
            "that names them."
        ),
    ),
    Term(
        "model",
        "welcome",
        _("shape"),
        _(
            "The sizes of an array along its axes: `(28, 28, 1)` for a grey image. In a model the "
            "batch comes first, as `None`."
        ),
    ),
    Term(
        "model",
        "functional",
        _("dtype"),
        _(
            "What a tensor is filled with: `float32` unless you say otherwise, `int32` for word "
            "numbers, `string` for text."
        ),
    ),
    Term(
        "model",
        "functional",
        _("tensor"),
        _(
            "An array of numbers, with as many axes as it takes. Layers take tensors and return "
            "tensors."
        ),
    ),
    Term(
        "model",
        "functional",
        _("symbolic tensor"),
        _(
            "A tensor that has a shape and a dtype, but no values yet. A layer called on it "
            "computes nothing: it joins the graph."
        ),
    ),
    Term(
        "model",
        "sequential",
        _("parameter"),
        _(
            "A number that belongs to a layer: its weights, its biases, and a few that are only "
            "kept track of. `count_params()` counts them."
        ),
    ),
    Term(
        "model",
        "sequential",
        _("dense layer"),
        _(
            "A layer each of whose units reads all that comes in: one weight for each pair "
            "(input, unit), and one bias for each unit. In Keras: `Dense`."
        ),
    ),
    Term(
        "model",
        "sequential",
        _("stack"),
        _(
            "Layers one after another, each taking what the one before returns: the simplest "
            "model, `Sequential`."
        ),
    ),
    Term(
        "model",
        "sequential",
        _("deferred building"),
        _(
            "When nothing says how many numbers will come in, the weights wait: they are made at "
            "the first call on data."
        ),
    ),
    Term(
        "model",
        "functional",
        _("functional API"),
        _(
            "The way to write a graph: call layers on tensors, as you would functions, then hand "
            "both ends to `keras.Model(inputs, outputs)`."
        ),
    ),
    Term(
        "model",
        "functional",
        _("graph"),
        _(
            "A model seen as boxes (layers) and arrows (tensors). It may fork and join; it can be "
            "drawn, cut, copied, and saved without its code."
        ),
    ),
    Term(
        "model",
        "functional",
        _("trunk"),
        _("The layers that several heads share: computed once, they serve them all."),
    ),
    Term(
        "model",
        "functional",
        _("head"),
        _("The last layers of a model, which make one answer out of what the trunk has found."),
    ),
    Term(
        "model",
        "functional",
        _("clone"),
        _(
            "A copy of an architecture, made by `clone_model`. It shares nothing with the "
            "original, and its weights are drawn anew."
        ),
    ),
    Term(
        "model",
        "subclassing",
        _("subclass"),
        _(
            "A model written as a Python class: `__init__` makes the layers, `call` says what "
            "becomes of the data. It may contain an `if`, a loop, a recursion."
        ),
    ),
    Term(
        "model",
        "feature-extraction",
        _("configuration"),
        _(
            "The settings of a layer or a model, as a dictionary. `get_config()` gives it; "
            "`from_config()` builds the same again, with new weights."
        ),
    ),
    Term(
        "model",
        "custom-layers",
        _("custom layer"),
        _(
            "A layer that you write yourself: `build` makes its weights, `call` does its "
            "computation, `get_config` lets it be saved."
        ),
    ),
    Term(
        "training",
        "welcome",
        _("training"),
        _(
            "Adjusting the weights little by little, on examples, so that the loss goes down. In "
            "Keras: `fit`."
        ),
    ),
    Term(
        "training",
        "welcome",
        _("loss"),
        _(
            "The error to bring down, as a single number: 0 would be perfect. Each output has its "
            "own; the optimizer sees only their weighted sum."
        ),
    ),
    Term(
        "training",
        "welcome",
        _("optimizer"),
        _("What corrects the weights after each batch. `Adam` is the usual choice."),
    ),
    Term(
        "training",
        "welcome",
        _("learning rate"),
        _(
            "How large each correction of the weights is. Too small, and training crawls; too "
            "large, and it overshoots."
        ),
    ),
    Term(
        "training",
        "welcome",
        _("batch"),
        _(
            "The examples that are processed together, and after which the weights are corrected "
            "once. Its size is never written in `Input(shape=...)`."
        ),
    ),
    Term(
        "training",
        "welcome",
        _("epoch"),
        _("One pass over all the training data, batch after batch."),
    ),
    Term(
        "training",
        "welcome",
        _("metric"),
        _(
            "A measure that is followed without being optimised, because it speaks more plainly "
            "than the loss."
        ),
    ),
    Term(
        "training",
        "sequential",
        _("validation"),
        _(
            "Watching, after each epoch, how the model does on examples kept out of training. "
            "`validation_split=0.1` keeps the last tenth for it."
        ),
    ),
    Term(
        "training",
        "sequential",
        _("inference"),
        _(
            "Using a model without training it: `predict`, `evaluate`, a direct call. Layers with "
            "two modes, such as `Dropout`, behave differently then."
        ),
    ),
    Term(
        "training",
        "functional",
        _("overfitting"),
        _(
            "Learning the training examples by heart, chance details included. The training loss "
            "keeps falling; the validation loss no longer does."
        ),
    ),
    Term(
        "training",
        "functional",
        _("accuracy"),
        _("The share of right answers. The one that counts is measured on examples never seen."),
    ),
    Term(
        "training",
        "functional",
        _("step (of training)"),
        _("One correction of the weights, after one batch. 81 batches make an epoch of 81 steps."),
    ),
    Term(
        "training",
        "functional",
        _("loss weights"),
        _(
            "What each loss is multiplied by before they are added up, when there are several "
            "outputs. Only their ratios matter much. In Keras: `loss_weights`."
        ),
    ),
    Term(
        "training",
        "functional",
        _("state of the optimizer"),
        _(
            "What the optimizer remembers from one step to the next. A `.keras` file keeps it, so "
            "that training resumes exactly where it stopped."
        ),
    ),
    Term(
        "training",
        "functional",
        _("control"),
        _(
            "A second model, alike but for one thing, to compare with: untrained, say, or drawn "
            "at random. Without it, a good score proves nothing."
        ),
    ),
    Term(
        "training",
        "sequential",
        _("mean squared error"),
        _(
            "The mean of the squared differences between answer and target: the usual loss for a "
            "quantity. Large errors weigh most. In Keras: `mse`."
        ),
    ),
    Term(
        "training",
        "sequential",
        _("mean absolute error"),
        _(
            "By how much the answers are off on average, in the unit of the target: easy to read, "
            "so a good metric. In Keras: `mae`."
        ),
    ),
    Term(
        "training",
        "ticket-routing",
        _("crossentropy"),
        _(
            "The usual loss for a choice: the less probability the right answer was given, the "
            "larger it is. *Binary* for yes or no, *categorical* for several classes."
        ),
    ),
    Term(
        "training",
        "ticket-routing",
        _("threshold"),
        _(
            "The value from which a probability or a distance counts as a yes. It is chosen after "
            "training, on validation, and decides *which* mistakes are made."
        ),
    ),
    Term(
        "training",
        "ticket-routing",
        _("precision"),
        _(
            "Among the alarms that were given, the share that were right. Raising the threshold "
            "usually raises it, and lowers recall."
        ),
    ),
    Term(
        "training",
        "ticket-routing",
        _("recall"),
        _(
            "Among the cases that mattered, the share that were caught. Lowering the threshold "
            "raises it, and costs false alarms."
        ),
    ),
    Term(
        "training",
        "siamese",
        _("gradient"),
        _(
            "For each weight, how fast the loss would grow if that weight grew a little. The "
            "optimizer goes the other way."
        ),
    ),
    Term(
        "training",
        "resnet",
        _("seed"),
        _(
            "The number that makes chance repeatable: with "
            "`keras.utils.set_random_seed(1)`, what is drawn "
            "at random is the same in every run."
        ),
    ),
    Term(
        "training",
        "custom-training",
        _("`train_step`"),
        _(
            "What `fit` does with one batch. Write your own, and `fit` still takes care of the "
            "rest: the loop, validation, callbacks."
        ),
    ),
    Term(
        "data",
        "welcome",
        _("example"),
        _(
            "One thing to learn from, or to answer about: an image, a message, a row of "
            "measurements."
        ),
    ),
    Term(
        "data",
        "sequential",
        _("training set"),
        _(
            "The examples that the model learns from. Being good on them is easy, and proves "
            "little."
        ),
    ),
    Term(
        "data",
        "functional",
        _("test set"),
        _(
            "The examples put aside from the start, which serve once, to judge. Once you have "
            "chosen something by them, they no longer judge."
        ),
    ),
    Term(
        "data",
        "functional",
        _("target"),
        _("The right answer of an example: what the loss compares the model’s answer with."),
    ),
    Term(
        "data",
        "autoencoders",
        _("label"),
        _(
            "The name that someone has given to an example, such as “this is a 3”. Examples are "
            "often plentiful, and labels scarce."
        ),
    ),
    Term(
        "data",
        "functional",
        _("feature"),
        _(
            "A number that describes an example, chosen by you or found by a network. Examples "
            "that look alike to the network have features close to each other."
        ),
    ),
    Term(
        "data",
        "sequential",
        _("sequence"),
        _(
            "Data whose order counts, such as words or measurements in time. Its shape is "
            "`(steps, features)`."
        ),
    ),
    Term(
        "data",
        "sequential",
        _("channel"),
        _(
            "One of the values that each pixel has: three for colours, one for grey, as many as "
            "there are filters after a convolution. It is the last axis."
        ),
    ),
    Term(
        "data",
        "ticket-routing",
        _("vocabulary"),
        _(
            "The list of words that a model knows, each with its number. It is learned from the "
            "training texts only; all other words get the number 1."
        ),
    ),
    Term(
        "data",
        "ticket-routing",
        _("token"),
        _(
            "A piece that a text is cut into: a word, a Chinese character, part of a word. Look "
            "at yours before you train."
        ),
    ),
    Term(
        "data",
        "ticket-routing",
        _("mask"),
        _(
            "What tells a layer which places of a text are mere padding, to be skipped. In Keras: "
            "`Embedding(..., mask_zero=True)`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("activation"),
        _(
            "The function that a layer applies to its sums. Without it, a stack of dense layers "
            "is worth no more than one."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("ReLU"),
        _(
            "The commonest activation between layers: it replaces what is negative by 0, and "
            "learns nothing."
        ),
    ),
    Term(
        "layers",
        "functional",
        _("softmax"),
        _(
            "The activation for one question whose answers exclude each other: it makes "
            "probabilities that sum to 1."
        ),
    ),
    Term(
        "layers",
        "functional",
        _("sigmoid"),
        _(
            "The activation for a yes-or-no question: it squeezes any number into the "
            "range from 0 to 1. "
            "Questions that do not depend on each other take one each."
        ),
    ),
    Term(
        "layers",
        "functional",
        _("concatenation"),
        _("Putting tensors end to end, so that one layer reads them all. In Keras: `Concatenate`."),
    ),
    Term(
        "layers",
        "sequential",
        _("convolution"),
        _(
            "A small window that slides over an image, a film or a sequence, and computes the "
            "same weighted sums everywhere. In Keras: `Conv1D`, `Conv2D`, `Conv3D`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("filter"),
        _(
            "One set of weights of a convolution, which looks for one pattern in every place. "
            "`Conv2D(16, 3)` has 16 filters of 3 × 3."
        ),
    ),
    Term(
        "layers",
        "feature-extraction",
        _("feature map"),
        _("The image that one filter returns: bright where it has found what it looks for."),
    ),
    Term(
        "layers",
        "sequential",
        _("padding"),
        _(
            "The zeros put around an image so that a convolution does not shrink it. In Keras: "
            '`padding="same"`; without it, `"valid"`.'
        ),
    ),
    Term(
        "layers",
        "resnet",
        _("stride"),
        _(
            "How far the window moves each time. With a stride of 2, the side is halved. In "
            "Keras: `strides=2`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("pooling"),
        _(
            "Summarising each square of an image in one number, its maximum or its mean, without "
            "any weights. The *global* version sums up the whole image."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("transposed convolution"),
        _(
            "A convolution turned round, which learns how to enlarge: where one goes from 28 to "
            "26, the other goes from 26 to 28. In Keras: `Conv2DTranspose`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("recurrent layer"),
        _(
            "A layer that reads a sequence step by step and keeps a memory; the same weights "
            "serve at every step. In Keras: `LSTM`, `GRU`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("embedding"),
        _(
            "A table that keeps, for each word number, a vector that is learned: words "
            "used in similar ways "
            "get vectors that are close. In Keras: `Embedding`."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("`Dropout`"),
        _(
            "A layer that, in training, sets numbers drawn at random to 0, so that no unit relies "
            "on a single neighbour. In inference it does nothing."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("normalisation"),
        _(
            "Bringing numbers to mean 0 and standard deviation 1. `BatchNormalization` measures "
            "them on the batch in training, and uses moving averages in inference."
        ),
    ),
    Term(
        "layers",
        "sequential",
        _("moving average"),
        _(
            "An average that goes a little of the way towards each new value. It is kept track "
            "of, not learned, and is late in the first steps."
        ),
    ),
    Term(
        "reuse",
        "functional",
        _("feature extractor"),
        _("A trained model cut before its head: it no longer names, it describes."),
    ),
    Term(
        "reuse",
        "functional",
        _("graft"),
        _("To call a layer or a model on a tensor of another model, and so to extend that model."),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("freeze"),
        _(
            "To forbid layers to learn: `layer.trainable = False`. It holds for every model that "
            "shares them; compile again afterwards."
        ),
    ),
    Term(
        "reuse",
        "feature-extraction",
        _("transfer learning"),
        _(
            "Reusing what a model learned on plentiful data for a task that has little: freeze "
            "the trunk, graft a head, train the head."
        ),
    ),
    Term(
        "reuse",
        "feature-extraction",
        _("fine-tuning"),
        _(
            "After transfer, unfreezing the trunk and going on in small steps, on a copy if others "
            "use the model."
        ),
    ),
    Term(
        "reuse",
        "siamese",
        _("shared layer"),
        _(
            "A layer made once and called several times. It has one set of weights, and its "
            "gradients add up."
        ),
    ),
    Term(
        "reuse",
        "siamese",
        _("Siamese network"),
        _(
            "One encoder called on two inputs, then a distance: the network learns to compare, "
            "not to name."
        ),
    ),
    Term(
        "reuse",
        "siamese",
        _("contrastive loss"),
        _(
            "The loss that pulls together what is the same, and pushes apart what is not, as far "
            "as a margin; beyond it, a pair costs nothing any more."
        ),
    ),
    Term(
        "reuse",
        "resnet",
        _("residual connection"),
        _(
            "Adding what came into some layers to what they return: $y = x + f(x)$. "
            "The gradient keeps "
            "a free path, and deep networks can be trained."
        ),
    ),
    Term(
        "reuse",
        "resnet",
        _("residual block"),
        _(
            "A few layers and the sum that joins them to their shortcut. If its weights are all "
            "zero, it changes nothing."
        ),
    ),
    Term(
        "reuse",
        "resnet",
        _("shortcut"),
        _(
            "The path that passes over the layers of a residual block; also called *skip "
            "connection*."
        ),
    ),
    Term(
        "reuse",
        "resnet",
        _("projection"),
        _(
            "The 1 × 1 convolution put on a shortcut when the shapes to be added differ, and only "
            "then."
        ),
    ),
    Term(
        "reuse",
        "resnet",
        _("non-linear topology"),
        _(
            "A graph that is not a single line: paths part, and meet again. `Sequential` cannot "
            "describe it."
        ),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("encoder"),
        _("The model that turns an example into a code of a few numbers."),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("decoder"),
        _("The model that walks the way back: from the code to the example."),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("autoencoder"),
        _(
            "An encoder, then a decoder, trained without labels to give back what they received. "
            "What comes through the bottleneck is what matters most."
        ),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("code"),
        _(
            "The few numbers to which an encoder reduces an example, and from which the decoder "
            "starts."
        ),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("latent space"),
        _(
            "The space that the codes live in. Neighbours there look alike, and to walk in it is "
            "to go from shape to shape."
        ),
    ),
    Term(
        "reuse",
        "autoencoders",
        _("ensemble"),
        _(
            "Several models that vote: the average of their answers. It does no worse than its "
            "members do on average, and better when they err differently."
        ),
    ),
    Term(
        "reuse",
        "custom-training",
        _("generator"),
        _(
            "The model that makes examples out of numbers drawn at random, and learns to pass "
            "them off as real."
        ),
    ),
    Term(
        "reuse",
        "custom-training",
        _("discriminator"),
        _("The model that learns to tell real examples from generated ones."),
    ),
    Term(
        "reuse",
        "custom-training",
        _("GAN"),
        _(
            "A generator and a discriminator, trained against each other: *generative adversarial "
            "network*."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("notebook"),
        _(
            "A file made of cells, some of text and some of code, with what the code printed and "
            "drew."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("cell"),
        _(
            "One piece of a notebook, run at one go with **Shift + Enter**. The number on its "
            "left says in which order cells were run."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("kernel"),
        _(
            "The program that runs your cells and remembers what they defined. When nothing makes "
            "sense any more, restart it."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("`check`"),
        _(
            "The function below each answer that compares it with what is asked for, and names "
            "the layer that differs. Call it as often as you like."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("hint"),
        _(
            'A nudge for one question, given by `hint("02-functional.stack")`; each call gives '
            "the next. Hints cost no points."
        ),
    ),
    Term(
        "work",
        "welcome",
        _("criterion"),
        _(
            "One thing that an answer is judged by, such as its layers or its loss. Each "
            "criterion that holds earns its points."
        ),
    ),
    Term(
        "training",
        "sequential",
        _("regression"),
        _(
            "Predicting a quantity, such as a price or a temperature, instead of a class. The "
            "last layer then has no activation, so that it can answer any number."
        ),
    ),
    Term(
        "training",
        "custom-training",
        _("callback"),
        _(
            "A function of yours that `fit` calls along the way, after each batch or each epoch, "
            "to look, to note, or to stop."
        ),
    ),
    Term(
        "layers",
        "custom-training",
        _("logit"),
        _(
            "A score before softmax or sigmoid: any number, not yet a probability. A loss with "
            "`from_logits=True` does the rest itself, which is numerically safer."
        ),
    ),
    Term(
        "training",
        "siamese",
        _("margin"),
        _(
            "In a contrastive loss, the distance beyond which two things that differ are far "
            "enough apart and cost nothing."
        ),
    ),
    Term(
        "layers",
        "custom-training",
        _("leaky ReLU"),
        _(
            "A ReLU that keeps a fraction of what is negative instead of replacing it by 0, so "
            "that a gradient always gets through. In Keras, unless told otherwise, a fifth."
        ),
    ),
    Term(
        "data",
        "ticket-routing",
        _("tags"),
        _(
            "Marks that a ticket carries, several at a time or none; here an input of 12 zeros "
            "and ones."
        ),
    ),
)
