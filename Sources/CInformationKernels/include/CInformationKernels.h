#ifndef C_INFORMATION_KERNELS_H
#define C_INFORMATION_KERNELS_H

#include "LinearKernels.h"
#include "LossKernels.h"
#include "MeasureKernels.h"
#include "RowKernels.h"

/// What the processor must have for a level. Results are the same bits on all of them.
enum InformationKernelLevel {
  /// What every processor of the architecture has. On arm64 that is NEON with FMA;
  /// on x86-64 without FMA it is slow, because each fused product is a call.
  information_kernel_level_portable = 0,
  /// AVX2 and FMA.
  information_kernel_level_avx2 = 1,
  /// AVX-512 F, DQ, VL and BW.
  information_kernel_level_avx512 = 2,
};

/// The highest level of this processor.
int information_kernel_best_level(void);

/// The processors that this process may run on.
int information_kernel_processor_count(void);

/// The kernels of measures at a level that the processor has.
const MeasureKernels *measure_kernels(int level);

/// The kernels of losses at a level that the processor has.
const LossKernels *loss_kernels(int level);

/// The kernels of linear cross-entropy at a level that the processor has.
const LinearKernels *linear_kernels(int level);

/// The kernels of functions of rows at a level that the processor has.
const RowKernels *row_kernels(int level);

#endif
