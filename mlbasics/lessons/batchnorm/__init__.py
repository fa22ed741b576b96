"""Batch normalisation: deep networks trained with and without it, and whether its explanation is right."""

from __future__ import annotations

from dataclasses import dataclass

from mlbasics.kit import Choice, Number, Numbers, OwnData, parameter

N_TRAIN = 1536


@dataclass(frozen=True)
class Params(OwnData):
    """What the learner may change."""

    layers: int = parameter(8, Number(1, 50, whole=True))
    units: int = parameter(64, Number(1, 256, whole=True))
    activation: str = parameter("relu", Choice(("relu", "tanh", "sigmoid")))
    placement: str = parameter("before", Choice(("before", "after", "none")))
    dataset: str = parameter("spirals", Choice(("spirals", "rings", "clusters")))
    batch_size: int = parameter(64, Number(2, N_TRAIN, whole=True, log=True, step=2))
    learning_rates: tuple[float, ...] = parameter("0.001:10:8", Numbers(1e-6, 1e6))
    epochs: int = parameter(6, Number(1, 100, whole=True))
    noisy: float = parameter(0.5, Number(0, 100))
