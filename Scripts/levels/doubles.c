// The kernels of rows of doubles.

#include "levels.h"
#include "logits.h"

/// Rows of more classes than this only take long, where each product and sum is emulated.
enum { ignored = -100, row_count = 21, room_count = 24, most_classes = 129 };

/// For j in 0 ..< 128 a number near 128/(128 + j), or twice that from √2 on, and what stands for
/// minus its logarithm.
static void fill_logarithms(double *table) {
  for (int j = 0; j < 128; j++) {
    table[3 * j] = (j < 53 ? 128.0 : 256.0) / (128 + j);
    table[3 * j + 1] = j < 53 ? j * 0x1p-8 : -(128 - j) * 0x1p-8;
    table[3 * j + 2] = j * 0x1.8p-61;
  }
}

/// Logits that no floats are.
static void fill_logits(double *logits, Random *random, int family, size_t count) {
  for (size_t i = 0; i < count; i++) {
    logits[i] = logit(random, family) * (1 + next_unit(random) * 0x1p-30);
  }
}

/// Losses of rows, without a gradient, beside the logits and in their place.
static void digest_rows(Digest *digest, const LossKernels *kernels, DoubleLabelRows rows) {
  const size_t size = rows.rowCount * rows.classCount * sizeof(double);
  for (int way = 0; way < 3; way++) {
    double *gradient = way == 0 ? NULL : room(size);
    int isLeft[row_count] = {0};
    if (way == 2) rows.logits = memcpy(gradient, rows.logits, size);
    rows.gradient = gradient;
    kernels->cross_entropy_doubles(&rows);
    digest_sum(digest, rows.sum);
    for (size_t i = 0; i < rows.leftCount; i++) isLeft[rows.left[i]] = 1;
    for (size_t i = 0; i < rows.apartCount; i++) digest_word(digest, rows.apart[i]);
    for (size_t row = 0; row < rows.rowCount; row++) {
      digest_word(digest, (uint64_t)isLeft[row]);
      digest_f64(digest, rows.losses[row]);
      digest_f64(digest, rows.lossRests[row]);
      for (size_t c = 0; gradient && !isLeft[row] && c < rows.classCount; c++) {
        digest_f64(digest, gradient[row * rows.classCount + c]);
      }
    }
    free(gradient);
  }
}

static Digest run_rows_of_labels(const LossKernels *kernels) {
  Digest digest = new_digest();
  double powers[128], logarithms[384];
  fill_table(powers);
  fill_logarithms(logarithms);
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < shape_count; s++) {
      const size_t classes = class_counts[s];
      if (classes > most_classes) continue;
      Random random = {(uint64_t)family << 32 | s | (uint64_t)7 << 48};
      double *logits = room(row_count * classes * sizeof(double));
      double *scratch = room(2 * (classes + 8) * sizeof(double));
      // Whole groups of rows are read and written.
      double factors[room_count] = {0}, factorRests[room_count] = {0};
      double losses[room_count], lossRests[room_count];
      intptr_t labels[row_count];
      uint8_t left[row_count], apart[row_count];
      fill_logits(logits, &random, family, row_count * classes);
      for (size_t row = 0; row < row_count; row++) {
        labels[row] = next_below(&random, 8) ? (intptr_t)next_below(&random, classes) : ignored;
        factors[row] = next_below(&random, 8) ? 1.0 / row_count : 0x1p101;
        factorRests[row] = factors[row] * 0x1.8p-55;
      }
      DoubleLabelRows rows = {.logits = logits, .labels = labels, .losses = losses,
                              .lossRests = lossRests, .left = left, .apart = apart,
                              .scratch = scratch, .powers = powers, .logarithms = logarithms,
                              .rowCount = row_count, .classCount = classes, .ignored = ignored,
                              .factor = {1.0 / 3, 0x1.5555555555555p-56}};
      digest_rows(&digest, kernels, rows);
      rows.factors = factors;
      rows.factorRests = factorRests;
      digest_rows(&digest, kernels, rows);
      free(scratch);
      free(logits);
    }
  }
  return digest;
}

static Digest run_function(void (*kernel)(const DoubleFunctionRows *), int isEach) {
  Digest digest = new_digest();
  double powers[128], logarithms[384];
  fill_table(powers);
  fill_logarithms(logarithms);
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < shape_count; s++) {
      const size_t classes = class_counts[s], count = row_count * classes;
      if (classes > most_classes) continue;
      Random random = {(uint64_t)family << 32 | s | (uint64_t)8 << 48};
      double *logits = room(count * sizeof(double)), *output = room(count * sizeof(double));
      double *scratch = room(2 * (classes + 8) * sizeof(double));
      uint8_t states[row_count];
      fill_logits(logits, &random, family, count);
      const DoubleFunctionRows rows = {.logits = logits, .output = output, .states = states,
                                       .scratch = scratch, .powers = powers,
                                       .logarithms = logarithms, .rowCount = row_count,
                                       .classCount = classes};
      kernel(&rows);
      const size_t width = isEach ? classes : 1;
      for (size_t row = 0; row < row_count; row++) {
        digest_word(&digest, states[row]);
        for (size_t c = 0; c < width && !states[row]; c++) {
          digest_f64(&digest, output[row * width + c]);
        }
      }
      free(scratch);
      free(output);
      free(logits);
    }
  }
  return digest;
}

void run_doubles(int level) {
  const RowKernels *kernels = row_kernels(level);
  print_digest("cross_entropy_doubles", run_rows_of_labels(loss_kernels(level)));
  print_digest("log_sum_exp_doubles", run_function(kernels->log_sum_exp_doubles, 0));
  print_digest("softmax_doubles", run_function(kernels->softmax_doubles, 1));
  print_digest("log_softmax_doubles", run_function(kernels->log_softmax_doubles, 1));
}
