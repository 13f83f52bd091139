"""Starts the kernel: Jupyter runs this folder as kernel.json says."""

from ipykernel.kernelapp import IPKernelApp

from swift_kernel.kernel import SwiftKernel

if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=SwiftKernel)
