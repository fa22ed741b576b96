"""The classification task: the experiment, the claims it is judged by, and its screen."""
