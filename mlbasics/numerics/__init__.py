"""What lessons compute with, by NumPy alone; each file reads like the textbook page it implements."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int_]
Booleans = NDArray[np.bool_]
