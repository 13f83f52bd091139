// The kernels of linear cross-entropy of one level. They use the exponential of losses.h.

#include "linear_products.h"

#include "linear_logits.h"

#include "linear_gradients.h"

const LinearKernels LEVEL(linear_kernels) = {
    .logits = LEVEL(linear_logits),
    .sums = LEVEL(linear_sums),
    .slopes = LEVEL(linear_slopes),
    .weight_gradient = LEVEL(linear_weight_gradient),
    .hidden_gradient = LEVEL(linear_hidden_gradient),
};
