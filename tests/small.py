"""Options with which the longest lessons take milliseconds, for tests that run them many times."""

SIZES = {
    "batchnorm": {
        "layers": "2",
        "units": "4",
        "batch_size": "256",
        "learning_rates": "0.01,1",
        "networks": "2",
        "epochs": "1",
    },
    "regularization": {"problems": "100"},
    "bias-variance": {"trials": "40", "widths": "1,3"},
}


def typed(lesson: str) -> list[str]:
    """Return a lesson's options as they are typed."""
    return [f"--{name.replace('_', '-')}={value}" for name, value in SIZES.get(lesson, {}).items()]
