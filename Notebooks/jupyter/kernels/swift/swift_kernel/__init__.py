"""A Jupyter kernel for Swift without a debugger or an interpreter beneath it.

Every cell is compiled to a shared library of its own, which imports the modules of the
cells before it, and is loaded into one process that lives as long as the kernel. In the
order in which a cell meets them:

- `kernel`: the messages of Jupyter
- `session`: the state between cells
- `syntax`: what a cell declares, and whether its last statement is an expression
- `scope`: which earlier declarations a cell sees
- `compiler`: from text to a shared library; `diagnostics`: what the compiler says
- `runner`: the process that the libraries are loaded into
- `rendering`: from what a cell shows to what Jupyter displays
- `toolchain`, `toolkit`, `support`: where the compiler, the package and the kernel's own
  binaries are
"""
