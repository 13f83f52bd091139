// The kernels of losses of one level.

// Every function that takes or returns a vector is inlined, so that it does not matter
// how a call would pass one.
#pragma clang diagnostic ignored "-Wpsabi"

#define LARGEST_FACTOR 0x1p100

#include "losses_exp.h"
#include "losses_cap.h"
#include "losses_rows.h"
#include "losses_sigmoid.h"
#include "losses_binary.h"
#include "losses_focal.h"
#include "few_rows.h"
#include "losses_few.h"
#include "losses_smooth.h"
#include "losses_normalizer.h"
#include "losses_label.h"
#include "losses_few_targets.h"
#include "losses_targets.h"
#include "double_functions.h"
#include "double_rows.h"
#include "losses_double.h"
#include "losses_probe.h"

const LossKernels LEVEL(loss_kernels) = {
    .cross_entropy_rows = LEVEL(cross_entropy_rows),
    .cross_entropy_doubles = LEVEL(cross_entropy_doubles),
    .target_entropy_rows = LEVEL(target_entropy_rows),
    .plain_targets = LEVEL(plain_targets),
    .binary_cross_entropy = LEVEL(binary_cross_entropy),
    .sigmoid_focal = LEVEL(sigmoid_focal),
    .probe = LEVEL(probe),
};
