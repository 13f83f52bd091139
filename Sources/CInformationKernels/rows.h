// The kernels of functions of rows of one level. They take exponentials and logarithms from
// losses_exp.h.

#include "rows_vectors.h"
#include "functions_few.h"
#include "softmax_functions.h"
#include "kl_terms.h"
#include "kl_few.h"
#include "kl_rows.h"
#include "row_words.h"
#include "functions_double.h"

const RowKernels LEVEL(row_kernels) = {
    .log_sum_exp = LEVEL(log_sum_exp_rows),
    .softmax = LEVEL(softmax_rows),
    .log_softmax = LEVEL(log_softmax_rows),
    .kl_divergence = LEVEL(kl_rows),
    .log_sum_exp_doubles = LEVEL(log_sum_exp_doubles),
    .softmax_doubles = LEVEL(softmax_doubles),
    .log_softmax_doubles = LEVEL(log_softmax_doubles),
    .words = {.lower = LEVEL(lower_words),
              .raise = LEVEL(raise_words),
              .sum = LEVEL(sum_words),
              .scale = LEVEL(scale_words),
              .balance = LEVEL(balance_words)},
};
