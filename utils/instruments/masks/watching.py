"""Masks on their way through a model: who makes them, who gets them, and a poke behind them.

The `call` of every layer is wrapped for the time being. What a layer hands on at masked steps can
then be changed, with the mask left as it is: whoever honours the mask can't notice.
"""

from contextlib import contextmanager

import numpy as np


class Watch:
    """What is heard of masks in one pass; with `poke`, what stands behind them is changed."""

    def __init__(self, keras, poke=None, everywhere=False):
        from keras.src.backend import get_keras_mask, set_keras_mask  # there is no public way

        self.keras, self.get, self.set = keras, get_keras_mask, set_keras_mask
        self.poke = poke  # a function from (values, mask) to other values; None: only listen
        self.everywhere = everywhere  # whether each layer's input is poked, too
        self.zeros = True  # whether nothing else was found at masked steps of what makers hand on
        self.makers = []  # (name of a layer, mask as [rows, timesteps] of bool), as they come
        self.ends = []  # layers that get a mask and can't hand it on
        self.without = []  # layers that get a sequence as long as a mask, without the mask
        self._deep = False  # whether a layer that is no model is open
        self._inside = []  # for each open call: whether a mask was made in it

    def wrapped(self, layer):
        """What stands in for the `call` of this layer."""
        call = layer.call

        def watched(*arguments, **how):
            if not self._eager(arguments, how):
                return call(*arguments, **how)
            arguments, how, masked = self._received(layer, arguments, how)
            self._inside.append(False)
            deep, self._deep = self._deep, not isinstance(layer, self.keras.Model)
            try:
                answer = call(*arguments, **how)
            finally:
                made_inside, self._deep = self._inside.pop(), deep
                if self._inside:
                    self._inside[-1] |= made_inside
            if masked or made_inside:
                return answer
            return self._made(layer, arguments, answer)

        return watched

    def _received(self, layer, arguments, how):
        """The arguments, poked where they are masked; and whether anything was masked."""
        parts = self.keras.tree.flatten((arguments, how))
        masked = any(self.get(part) is not None for part in parts if hasattr(part, "shape"))
        mask = how.get("mask") if hasattr(how.get("mask"), "shape") else None
        first = arguments[0] if arguments else None
        if not hasattr(first, "shape"):
            return arguments, how, masked or mask is not None
        by_hand = not masked and mask is not None and _is_of(mask, first) and self._is_new(mask)
        if by_hand:  # by the model's own code, and not by a layer
            self._note(layer, mask)
            arguments = (self._poked(first, mask), *arguments[1:])
        elif masked and not isinstance(layer, self.keras.Model):
            if not layer.supports_masking and layer.name not in self.ends:
                self.ends.append(layer.name)
            if self.everywhere:
                arguments = tuple(self._poked_if_masked(part) for part in arguments)
        elif not masked and mask is None and self._as_long_as_a_mask(layer, first):
            self.without.append(layer.name)
        return arguments, how, masked or mask is not None

    def _made(self, layer, arguments, answer):
        """The answer of a layer that may make a mask, poked behind it."""
        parts = self.keras.tree.flatten(answer)
        if len(parts) != 1 or not hasattr(parts[0], "shape") or not arguments:
            return answer
        mask = self.get(parts[0])
        own = mask is not None
        if not own and layer.supports_masking and not isinstance(layer, self.keras.Model):
            mask = layer.compute_mask(arguments[0], None)
        if mask is None or not hasattr(mask, "shape") or not _is_of(mask, parts[0]):
            return answer
        self._note(layer, mask)
        poked = self._poked(parts[0], mask)
        if own and self.get(poked) is None:
            self.set(poked, mask)
        return self.keras.tree.pack_sequence_as(answer, [poked])

    def _note(self, layer, mask):
        self.makers.append((layer.name, np.asarray(mask, bool)))
        if self._inside:
            self._inside[-1] = True

    def _is_new(self, mask):
        """Whether no layer has made this mask: in mixed precision, copies of a tensor lose it."""
        return not any(np.array_equal(mask, known) for _, known in self.makers)

    def _poked_if_masked(self, part):
        mask = self.get(part) if hasattr(part, "shape") else None
        if mask is None or not _is_of(mask, part):
            return part
        poked = self._poked(part, mask)
        self.set(poked, mask)
        return poked

    def _poked(self, tensor, mask):
        if self.poke is None:
            return tensor
        values = np.asarray(tensor)
        if values.dtype.kind != "f":
            return tensor
        mask = np.asarray(mask, bool)
        self.zeros &= not values[~mask].any()
        changed = self.poke(values, mask)
        return self.keras.ops.convert_to_tensor(changed, dtype=tensor.dtype)

    def _as_long_as_a_mask(self, layer, tensor):
        if isinstance(layer, self.keras.Model) or layer.name in self.without or self._deep:
            return False
        return any(tuple(tensor.shape[:2]) == mask.shape for _, mask in self.makers)

    def _eager(self, arguments, how):
        """Whether numbers come in, and not the shapes of a graph."""
        parts = [p for p in self.keras.tree.flatten((arguments, how)) if hasattr(p, "shape")]
        return (
            bool(parts)
            and all(hasattr(part, "__array__") for part in parts)
            and not any(isinstance(part, self.keras.KerasTensor) for part in parts)
        )


@contextmanager
def watching(layers, watch):
    """Inside, the calls of these layers are watched."""
    watched = [layer for layer in layers if _hands_on_sequences(layer)]
    before = [vars(layer).get("call") for layer in watched]
    try:
        for layer in watched:
            vars(layer)["call"] = watch.wrapped(layer)
        yield watch
    finally:
        for layer, call in zip(watched, before, strict=True):
            if call is None:
                vars(layer).pop("call", None)
            else:
                vars(layer)["call"] = call


def _hands_on_sequences(layer):
    """All but recurrent cells, which see single timesteps."""
    return not (hasattr(layer, "state_size") and not hasattr(layer, "return_sequences"))


def _is_of(mask, tensor):
    """Whether this is a mask [rows, timesteps] of that tensor."""
    return len(mask.shape) == 2 and tuple(tensor.shape[:2]) == tuple(mask.shape)
