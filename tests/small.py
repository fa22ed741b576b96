"""Options with which a lesson that trains deep networks takes milliseconds, for tests that run it many times."""

SIZES = {
    "batchnorm": {"layers": "2", "units": "4", "batch_size": "256", "learning_rates": "0.01,1", "epochs": "1"}
}
