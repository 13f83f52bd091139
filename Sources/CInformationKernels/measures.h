// The kernels of measures of one level.

#include "fixed_point.h"

#include "entropy.h"

#include "divergence.h"

const MeasureKernels LEVEL(measure_kernels) = {
    .entropy_f64 = LEVEL(entropy_f64),
    .entropy_f32 = LEVEL(entropy_f32),
    .kl_f64 = LEVEL(kl_f64),
    .kl_f32 = LEVEL(kl_f32),
};
