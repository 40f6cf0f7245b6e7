"""Trains a network, or searches, in PyTorch on this CPU, from given weights and on given batches, and tells how it learned.

usage: torch_learning.py training|first|second START BATCHES THREADS [nudged|double STEPS]
START and BATCHES are .safetensors files: the initial weights under their published names (and the initial alphas), and the
normalised images in the order in which they are used, with all settings in the metadata. `nudged` moves each initial weight
to the next larger float: what then differs is what one rounding comes to; `double` computes in double precision. Both make the
first STEPS only.
Prints `curve NAME VALUE` at each step, and `end NAME VALUE` at the end of all. torch_training.py and torch_darts.py, which lie
beside it, hold the networks and their steps.
"""
import json
import struct
import sys

import torch
import torch.nn.functional as F

import torch_darts
import torch_training

TYPES = {"F32": torch.float32, "I64": torch.int64}


def read(path):
    """The tensors of a .safetensors file by name, and its metadata."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        dtype = TYPES[entry["dtype"]]
        count = (end - start) // torch.empty(0, dtype=dtype).element_size()
        tensors[name] = torch.frombuffer(data, dtype=dtype, count=count, offset=start).reshape(entry["shape"])
    return tensors, metadata


def batches(tensors, kind, dtype=torch.float32):
    counts = tensors[kind + ".counts"].tolist()
    return list(zip(tensors[kind + ".images"].to(dtype).split(counts), tensors[kind + ".labels"].split(counts)))


def vary(net, variation):
    if variation == "nudged":
        with torch.no_grad():
            for p in net.parameters():
                p.copy_(torch.nextafter(p, torch.full_like(p, float("inf"))))
    elif variation == "double":
        net.double()


def cosine(optimizer, settings):
    return torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, int(settings["epochs"]), eta_min=float(settings["final_rate"]))


def sgd(parameters, settings):
    return torch.optim.SGD(
        parameters, float(settings["rate"]), momentum=float(settings["momentum"]), weight_decay=float(settings["decay"]))


def accuracy(net, scored):
    """In percent, and the mean loss."""
    right = total = loss = 0
    with torch.no_grad():
        for images, labels in scored:
            logits = net(images)
            logits = logits[0] if isinstance(logits, tuple) else logits
            right += (logits.argmax(1) == labels).sum().item()
            loss += F.cross_entropy(logits, labels, reduction="sum").item()
            total += len(labels)
    return 100 * right / total, loss / total


def curve(name, value):
    print("curve", name, "%.9g" % value, flush=True)


def end(name, value):
    print("end", name, "%.9g" % value, flush=True)


def train(start, network, data, settings, variation, most):
    net = torch_training.Derived(
        torch_training.parse(network["genotype"]), int(network["channels"]), int(network["layers"]),
        float(network["auxiliary_weight"]) > 0, json.loads(network["image_shape"])[0], int(network["classes"]))
    net.load_state_dict(start)  # fails on a name or a shape that differs
    vary(net, variation)
    optimizer = sgd(net.parameters(), settings)
    schedule = cosine(optimizer, settings)
    steps = batches(data, "training", net.classifier.weight.dtype)
    per_epoch = len(steps) // int(settings["epochs"])
    for i, (images, labels) in enumerate(steps[:most]):
        loss = torch_training.train_step(
            net, optimizer, images, labels, float(network["auxiliary_weight"]), float(settings["clip"]))
        curve("loss", loss.item())
        if (i + 1) % per_epoch == 0:
            schedule.step()
    if most:
        return
    net.eval()
    percent, loss = accuracy(net, batches(data, "scored"))
    end("accuracy", percent)
    end("loss", loss)


def search(start, network, data, settings, variation, most, order):
    net = torch_darts.Supernet(
        int(network["channels"]), int(network["layers"]), int(network["classes"]), json.loads(network["image_shape"])[0])
    alphas = [start.pop(name) for name in ("alphas_normal", "alphas_reduce")]
    state = net.state_dict()
    parameters = dict(net.named_parameters())
    if parameters.keys() != start.keys():
        raise SystemExit("weights differ: %s" % sorted(parameters.keys() ^ start.keys()))
    state.update(start)
    net.load_state_dict(state)
    vary(net, variation)
    dtype = net.classifier.weight.dtype
    net.alphas = [a.to(dtype).clone().requires_grad_() for a in alphas]
    both = torch_darts.Search(net, float(settings["alpha_rate"]))
    both.optimizer = sgd(both.params, settings)
    schedule = cosine(both.optimizer, settings)
    step = {"first": both.first_order, "second": both.second_order}[order]
    training, validation = (batches(data, kind, dtype) for kind in ("training", "validation"))
    per_epoch = len(training) // int(settings["epochs"])
    for i, (of_w, of_alpha) in enumerate(list(zip(training, validation))[:most]):
        loss, validation_loss = step(of_w, of_alpha)
        curve("training", loss.item())
        curve("validation", validation_loss.item())
        if (i + 1) % per_epoch == 0:
            schedule.step()
    if most:
        return
    percent, loss = accuracy(net, batches(data, "scored"))  # in training mode: with the statistics of each batch
    end("accuracy", percent)
    end("loss", loss)
    entropy = [-(F.softmax(a, 1) * F.log_softmax(a, 1)).sum(1) for a in net.alphas]
    end("entropy", torch.cat(entropy).mean().item())


def main():
    kind, start, data = sys.argv[1:4]
    torch.set_num_threads(int(sys.argv[4]))
    variation, most = (sys.argv[5], int(sys.argv[6])) if len(sys.argv) > 6 else (None, None)
    (start, network), (data, settings) = read(start), read(data)
    if kind == "training":
        train(start, network, data, settings, variation, most)
    else:
        search(start, network, data, settings, variation, most, kind)


main()
