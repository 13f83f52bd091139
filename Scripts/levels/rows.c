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

/// What is made of rows in pairs of doubles.
typedef struct {
  Digest depths, powers, scaled, balanced;
} WordDigests;

static void digest_outputs(Digest *digest, void (*kernel)(const WordOutputs *),
                           const WordOutputs *call) {
  kernel(call);
  for (size_t c = 0; c < call->count; c++) digest_f64(digest, call->output[c]);
}

/// The depths of logits, of which one may be infinite.
static void digest_depths(Digest *digest, const WordKernels *kernels, size_t count,
                          Random *random) {
  double *x = room(count * sizeof(double)), *depths = room(2 * count * sizeof(double)), peak;
  for (size_t c = 0; c < count; c++) {
    x[c] = next_below(random, 16) ? (next_unit(random) - 0.5) * 0x1p40 : -__builtin_inf();
  }
  x[count / 2] = peak = next_below(random, 2) ? 0x1p40 : __builtin_inf();
  kernels->lower(x, count, peak, depths);
  for (size_t i = 0; i < 2 * count; i++) digest_f64(digest, depths[i]);
  free(x);
  free(depths);
}

/// One row: depths down to −500, weights of which some are 0.
static void run_words(WordDigests *digests, const WordKernels *kernels, size_t count,
                      Random *random) {
  const size_t size = 2 * count * sizeof(double);
  double *depths = room(size), *powers = room(size), *weights = room(size);
  double *output = room(size), table[128], sum[2];
  fill_table(table);
  for (size_t c = 0; c < count; c++) {
    depths[2 * c] = c == 1 ? 0 : next_unit(random) * (next_below(random, 4) ? -9 : -500);
    depths[2 * c + 1] = depths[2 * c] * next_unit(random) * 0x1p-54;
    weights[2 * c] = next_below(random, 3) ? next_unit(random) : 0;
    weights[2 * c + 1] = weights[2 * c] * next_unit(random) * 0x1p-54;
  }
  const WordRow row = {.depths = depths, .powers = powers, .table = table, .lift = 200,
                       .count = count, .top = 1};
  digest_word(&digests->powers, (uint64_t)kernels->raise(&row));
  for (size_t i = 0; i < 2 * count; i++) digest_f64(&digests->powers, powers[i]);
  kernels->sum(&row, sum);
  digest_f64(&digests->powers, sum[0]);
  digest_f64(&digests->powers, sum[1]);
  const WordOutputs call = {.powers = powers, .weights = weights,
                            .output = output, .count = count, .total = {sum[0], sum[1]},
                            .factor = {1.25, 0x1p-60}, .unit = {1.5, 0x1p-55}, .scale = 0x1p-210};
  digest_outputs(&digests->scaled, kernels->scale, &call);
  digest_outputs(&digests->balanced, kernels->balance, &call);
  free(depths);
  free(powers);
  free(weights);
  free(output);
}

static void run_all_words(const WordKernels *kernels) {
  WordDigests digests = {new_digest(), new_digest(), new_digest(), new_digest()};
  for (size_t s = 0; s < shape_count; s++) {
    Random random = {(uint64_t)6 << 48 | s};
    if (class_counts[s] < 8) continue;
    digest_depths(&digests.depths, kernels, class_counts[s], &random);
    run_words(&digests, kernels, class_counts[s], &random);
  }
  print_digest("depths of pairs", digests.depths);
  print_digest("powers of pairs", digests.powers);
  print_digest("scaled pairs", digests.scaled);
  print_digest("balanced pairs", digests.balanced);
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
  run_all_words(&kernels->words);
}
