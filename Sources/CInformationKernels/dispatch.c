// Picks the kernels for the processor, once; what is picked is only a table.

#include "CInformationKernels.h"

extern const MeasureKernels measure_kernels_portable;
extern const LossKernels loss_kernels_portable;
extern const LinearKernels linear_kernels_portable;
extern const RowKernels row_kernels_portable;

#if defined(__x86_64__)

extern const MeasureKernels measure_kernels_avx2, measure_kernels_avx512;
extern const LossKernels loss_kernels_avx2, loss_kernels_avx512;
extern const LinearKernels linear_kernels_avx2, linear_kernels_avx512;
extern const RowKernels row_kernels_avx2, row_kernels_avx512;

int information_kernel_best_level(void) {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
    return information_kernel_level_portable;
  }
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                 __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
             ? information_kernel_level_avx512
             : information_kernel_level_avx2;
}

const MeasureKernels *measure_kernels(int level) {
  if (level == information_kernel_level_avx512) return &measure_kernels_avx512;
  return level == information_kernel_level_avx2 ? &measure_kernels_avx2
                                                : &measure_kernels_portable;
}

const LossKernels *loss_kernels(int level) {
  if (level == information_kernel_level_avx512) return &loss_kernels_avx512;
  return level == information_kernel_level_avx2 ? &loss_kernels_avx2 : &loss_kernels_portable;
}

const LinearKernels *linear_kernels(int level) {
  if (level == information_kernel_level_avx512) return &linear_kernels_avx512;
  return level == information_kernel_level_avx2 ? &linear_kernels_avx2
                                                : &linear_kernels_portable;
}

const RowKernels *row_kernels(int level) {
  if (level == information_kernel_level_avx512) return &row_kernels_avx512;
  return level == information_kernel_level_avx2 ? &row_kernels_avx2 : &row_kernels_portable;
}

#else

int information_kernel_best_level(void) { return information_kernel_level_portable; }

const MeasureKernels *measure_kernels(int level) {
  (void)level;
  return &measure_kernels_portable;
}

const LossKernels *loss_kernels(int level) {
  (void)level;
  return &loss_kernels_portable;
}

const LinearKernels *linear_kernels(int level) {
  (void)level;
  return &linear_kernels_portable;
}

const RowKernels *row_kernels(int level) {
  (void)level;
  return &row_kernels_portable;
}

#endif
