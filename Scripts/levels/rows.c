// The kernels of functions of rows.

#include "levels.h"
#include "logits.h"

enum { row_count = 21 };

typedef void (*FunctionKernel)(const FunctionRows *);

/// Two tables of logits: any, and some near the others.
static void draw_tables(float *x, float *y, Random *random, int family, size_t count) {
  for (size_t i = 0; i < count; i++) {
    x[i] = logit(random, family);
    y[i] = next_below(random, 2) ? x[i] + 0x1p-12f : logit(random, family);
  }
}

static void digest_function(Digest *digest, FunctionKernel kernel, FunctionRows rows, int isEach) {
  uint8_t states[row_count];
  const size_t width = isEach ? rows.classCount : 1;
  rows.output = room(rows.rowCount * rows.classCount * sizeof(float));
  rows.states = states;
  rows.scratch = room(rows.classCount * sizeof(double));
  kernel(&rows);
  for (size_t row = 0; row < rows.rowCount; row++) {
    digest_word(digest, states[row]);
    if (states[row]) continue;
    for (size_t c = 0; c < width; c++) digest_f32(digest, rows.output[row * width + c]);
  }
  free(rows.scratch);
  free(rows.output);
}

void run_rows(int level) {
  const RowKernels *kernels = row_kernels(level);
  Digest sums = new_digest(), softmax = new_digest(), logs = new_digest(), kl = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < shape_count; s++) {
      const size_t classes = class_counts[s], count = row_count * classes;
      Random random = {(uint64_t)family << 32 | s | (uint64_t)5 << 48};
      float *x = room(count * sizeof(float)), *y = room(count * sizeof(float));
      draw_tables(x, y, &random, family, count);
      const FunctionRows rows = {.logits = x, .rowCount = row_count, .classCount = classes};
      digest_function(&sums, kernels->log_sum_exp, rows, 0);
      digest_function(&softmax, kernels->softmax, rows, 1);
      digest_function(&logs, kernels->log_softmax, rows, 1);
      double divergences[row_count];
      uint8_t states[row_count];
      const DivergenceRows pairs = {.logits = x, .otherLogits = y, .divergences = divergences,
                                    .states = states, .rowCount = row_count,
                                    .classCount = classes};
      kernels->kl_divergence(&pairs);
      for (size_t row = 0; row < row_count; row++) {
        digest_word(&kl, states[row]);
        if (!states[row]) digest_f64(&kl, divergences[row]);
      }
      free(y);
      free(x);
    }
  }
  print_digest("log_sum_exp", sums);
  print_digest("softmax", softmax);
  print_digest("log_softmax", logs);
  print_digest("kl of rows", kl);
}
