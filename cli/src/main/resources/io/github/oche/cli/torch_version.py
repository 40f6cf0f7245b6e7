"""Prints what PyTorch this Python has, and what does its matrix products: a slow one would flatter whoever is compared."""
import platform

import torch

try:
    with open("/proc/self/maps") as maps:
        loaded = maps.read()
except OSError:
    loaded = None

if torch.backends.mkl.is_available():
    blas = "MKL"
elif loaded is None:
    blas = "unknown BLAS"
else:
    blas = next((name for name in ("OpenBLAS", "BLIS", "ATLAS") if name.lower() in loaded), "reference BLAS (slow)")
print("PyTorch %s with %s, Python %s" % (torch.__version__, blas, platform.python_version()))
