"""Starts the kernel: Jupyter runs this folder as kernel.json says."""

from ipykernel.kernelapp import IPKernelApp

from swift_kernel.kernel import SwiftKernel

if __name__ == "__main__":
    # Not its warnings: notebooks are run on one machine, whose kernels no other one reaches.
    IPKernelApp.launch_instance(kernel_class=SwiftKernel, log_level="ERROR")
