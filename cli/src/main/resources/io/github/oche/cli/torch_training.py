"""Times training and scoring the network of a genotype in PyTorch on this CPU, for a side-by-side comparison.

usage: torch_training.py GENOTYPE CHANNELS CELLS BATCH IMAGE_SIZE THREADS REPEATS [contiguous|channels_last]
GENOTYPE is DARTS_V1, DARTS_V2 or the text `Genotype(normal=[('sep_conv_3x3', 0), ...], normal_concat=range(2, 6), ...)`.
Prints `training S` (median seconds a step: forward, backward, gradient clipping, SGD with momentum and decay),
`scoring S` (a forward pass in evaluation mode, without gradients) and `peak-rss-mb M`. The network is that of the DARTS
paper, section 3.2, without drop path: images of 32x32 have its auxiliary head, whose loss counts 0.4. `contiguous` is the layout of the published code; `channels_last` is a one-line change.

Imported, it gives the network, whose parameters have the names of the published code, and its step.

Needs: Debian's python3-torch with libopenblas0-pthread (without it matrix products fall to reference BLAS).
"""
import ast
import resource
import statistics
import sys
import time
from collections import OrderedDict

import torch
import torch.nn as nn
import torch.nn.functional as F

CLASSES = 10
NAMED = {
    "DARTS_V1":
        "Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0), ('sep_conv_3x3', 1),"
        " ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 2)], normal_concat=range(2, 6),"
        " reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0),"
        " ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)], reduce_concat=range(2, 6))",
    "DARTS_V2":
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
        " ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=range(2, 6),"
        " reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1),"
        " ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=range(2, 6))",
}


def parse(text):
    """The fields of a genotype written out; a list may be written range(a, b)."""
    def value(node):
        if isinstance(node, ast.Call) and node.func.id == "range":
            return range(*map(ast.literal_eval, node.args))
        return ast.literal_eval(node)

    return {k.arg: value(k.value) for k in ast.parse(NAMED.get(text, text), mode="eval").body.keywords}


def dense(c_in, c_out, kernel=1, stride=1, padding=0):
    return nn.Conv2d(c_in, c_out, kernel, stride, padding, bias=False)


def op(*layers):
    """Layers that are called op.0, op.1, ..."""
    return nn.Sequential(OrderedDict(op=nn.Sequential(*layers)))


def depthwise_pointwise(c, k, stride, dilation=1):
    depthwise = nn.Conv2d(c, c, k, stride, dilation * (k // 2), dilation, groups=c, bias=False)
    return [nn.ReLU(), depthwise, dense(c, c), nn.BatchNorm2d(c)]


def separable(c, k, stride):
    return op(*depthwise_pointwise(c, k, stride), *depthwise_pointwise(c, k, 1))


def dilated(c, k, stride):
    return op(*depthwise_pointwise(c, k, stride, 2))


def row_column(c, stride):
    row = dense(c, c, (1, 7), (1, stride), (0, 3))
    column = dense(c, c, (7, 1), (stride, 1), (3, 0))
    return nn.Sequential(nn.ReLU(), row, column, nn.BatchNorm2d(c))


class Halve(nn.Module):
    """Halves the sides: two pointwise convolutions of stride 2, the second one pixel off."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv_1 = dense(c_in, c_out // 2, stride=2)
        self.conv_2 = dense(c_in, c_out // 2, stride=2)
        self.bn = nn.BatchNorm2d(c_out)

    def forward(self, x):
        x = F.relu(x)
        return self.bn(torch.cat([self.conv_1(x), self.conv_2(x[:, :, 1:, 1:])], 1))


class Nothing(nn.Module):
    def __init__(self, stride):
        super().__init__()
        self.stride = stride

    def forward(self, x):
        return torch.zeros_like(x[:, :, :: self.stride, :: self.stride])


OPERATIONS = {
    "none": lambda c, s: Nothing(s),
    "max_pool_3x3": lambda c, s: nn.MaxPool2d(3, s, 1),
    "avg_pool_3x3": lambda c, s: nn.AvgPool2d(3, s, 1, count_include_pad=False),
    "skip_connect": lambda c, s: nn.Identity() if s == 1 else Halve(c, c),
    "sep_conv_3x3": lambda c, s: separable(c, 3, s),
    "sep_conv_5x5": lambda c, s: separable(c, 5, s),
    "sep_conv_7x7": lambda c, s: separable(c, 7, s),
    "dil_conv_3x3": lambda c, s: dilated(c, 3, s),
    "dil_conv_5x5": lambda c, s: dilated(c, 5, s),
    "conv_7x1_1x7": row_column,
}


def relu_pointwise_norm(c_in, c_out):
    return op(nn.ReLU(), dense(c_in, c_out), nn.BatchNorm2d(c_out))


class Cell(nn.Module):
    """Each node adds two operations on earlier states; 0 and 1 are the outputs of the last two cells."""

    def __init__(self, genes, concat, c_older, c_last, c, reduction, after_reduction):
        super().__init__()
        self.preprocess0 = Halve(c_older, c) if after_reduction else relu_pointwise_norm(c_older, c)
        self.preprocess1 = relu_pointwise_norm(c_last, c)
        self.inputs = [i for _, i in genes]
        self._ops = nn.ModuleList(OPERATIONS[name](c, 2 if reduction and i < 2 else 1) for name, i in genes)
        self.concat = list(concat)

    def forward(self, older, last):
        states = [self.preprocess0(older), self.preprocess1(last)]
        for k in range(0, len(self.inputs), 2):
            a, b = (self._ops[j](states[self.inputs[j]]) for j in (k, k + 1))
            states.append(a + b)
        return torch.cat([states[i] for i in self.concat], 1)


def auxiliary_head(c, classes):
    features = nn.Sequential(
        nn.ReLU(), nn.AvgPool2d(5, 3, count_include_pad=False),  # 8x8 to 2x2
        dense(c, 128), nn.BatchNorm2d(128), nn.ReLU(),
        dense(128, 768, 2), nn.BatchNorm2d(768), nn.ReLU())
    return nn.Sequential(OrderedDict(features=features, flat=nn.Flatten(), classifier=nn.Linear(768, classes)))


class Derived(nn.Module):
    def __init__(self, genotype, c, cells, auxiliary, colours=3, classes=CLASSES):
        super().__init__()
        self.stem = nn.Sequential(dense(colours, 3 * c, 3, 1, 1), nn.BatchNorm2d(3 * c))
        self.cells = nn.ModuleList()
        self.tap = 2 * cells // 3 if auxiliary else None
        c_older = c_last = 3 * c
        after_reduction = False
        for i in range(cells):
            reduction = i in (cells // 3, 2 * cells // 3)
            c = 2 * c if reduction else c
            kind = "reduce" if reduction else "normal"
            genes, concat = genotype[kind], genotype[kind + "_concat"]
            self.cells.append(Cell(genes, concat, c_older, c_last, c, reduction, after_reduction))
            c_older, c_last, after_reduction = c_last, c * len(concat), reduction
            if i == self.tap:
                self.auxiliary_head = auxiliary_head(c_last, classes)
        self.classifier = nn.Linear(c_last, classes)

    def forward(self, x):
        auxiliary = None
        older = last = self.stem(x)
        for i, cell in enumerate(self.cells):
            older, last = last, cell(older, last)
            if i == self.tap:
                auxiliary = self.auxiliary_head(last)
        return self.classifier(last.mean((2, 3))), auxiliary


def median(action, repeats):
    action()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def train_step(net, optimizer, images, labels, auxiliary_weight=0.4, clip=5.0):
    """One step as published; gives the loss before it."""
    optimizer.zero_grad()
    logits, auxiliary = net(images)
    loss = F.cross_entropy(logits, labels)
    if auxiliary is not None:
        loss = loss + auxiliary_weight * F.cross_entropy(auxiliary, labels)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), clip)
    optimizer.step()
    return loss


def main():
    genotype = parse(sys.argv[1])
    channels, cells, batch, size, threads, repeats = (int(v) for v in sys.argv[2:8])
    layout = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}[(sys.argv[8:] or ["contiguous"])[0]]
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    net = Derived(genotype, channels, cells, size == 32 and cells > 1).to(memory_format=layout)
    optimizer = torch.optim.SGD(net.parameters(), 0.025, momentum=0.9, weight_decay=3e-4)
    images = torch.randn(batch, 3, size, size).contiguous(memory_format=layout)
    labels = torch.randint(0, CLASSES, (batch,))

    def step():
        train_step(net, optimizer, images, labels)

    def score():
        with torch.no_grad():
            logits, _ = net(images)
            F.cross_entropy(logits, labels)

    print("training", "%.4f" % median(step, repeats), flush=True)
    net.eval()
    print("scoring", "%.4f" % median(score, repeats), flush=True)
    print("peak-rss-mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)


if __name__ == "__main__":
    main()
