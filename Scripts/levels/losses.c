// The kernels of losses.

#include "levels.h"
#include "logits.h"

enum { ignored = -100, row_count = 21 };

/// Losses of rows with labels, without and with a gradient, kept and streamed.
static void digest_rows(Digest *digest, const LossKernels *kernels, LabelRows rows) {
  const size_t count = rows.rowCount * rows.classCount;
  for (int way = 0; way < 3; way++) {
    float *gradient = way == 0 ? NULL : room(count * sizeof(float));
    // 1 of a row that is left, 2 of one whose gradient is.
    uint8_t states[row_count] = {0};
    rows.gradient = gradient;
    rows.isStreamed = way == 2;
    kernels->cross_entropy_rows(&rows);
    digest_sum(digest, rows.sum);
    for (size_t i = 0; i < rows.leftCount; i++) states[rows.left[i]] = 1;
    for (size_t i = 0; i < rows.roughCount; i++) states[rows.rough[i]] = 2;
    for (size_t i = 0; i < rows.apartCount; i++) digest_word(digest, rows.apart[i]);
    for (size_t row = 0; row < rows.rowCount; row++) {
      digest_word(digest, states[row]);
      if (states[row] != 1) digest_f64(digest, rows.losses[row]);
      for (size_t c = 0; gradient && !states[row] && c < rows.classCount; c++) {
        digest_f32(digest, gradient[row * rows.classCount + c]);
      }
    }
    free(gradient);
  }
}

/// What is asked for beside cross-entropy.
typedef struct {
  double gamma, smoothing, zLossScale, cap;
  int weighs;
} Extras;

static Digest run_labels_of_rows(const LossKernels *kernels, Extras extras) {
  Digest digest = new_digest();
  const int lifts = extras.smoothing > 0 || extras.zLossScale > 0;
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < shape_count; s++) {
      const size_t classes = class_counts[s];
      Random random = {(uint64_t)family << 32 | s | (uint64_t)1 << 48};
      float *logits = room(row_count * classes * sizeof(float));
      intptr_t labels[row_count];
      // Losses go out by whole vectors of eight rows.
      double factors[row_count], losses[row_count + 8], lifted[row_count + 8];
      uint8_t left[row_count], apart[row_count], rough[row_count];
      for (size_t i = 0; i < row_count * classes; i++) logits[i] = logit(&random, family);
      for (size_t row = 0; row < row_count; row++) {
        labels[row] = next_below(&random, 8) ? (intptr_t)next_below(&random, classes) : ignored;
        factors[row] = next_below(&random, 8) ? 1.0 / row_count : 0x1p101;
      }
      double *scratch = room((2 * classes + 8) * sizeof(double));
      double *weights = room(classes * sizeof(double)), totalWeight = 0;
      for (size_t c = 0; c < classes; c++) totalWeight += weights[c] = (double)(c * 5 % 7) / 4;
      LabelRows rows = {.logits = logits, .labels = labels, .losses = losses, .left = left,
                        .apart = apart, .rough = rough, .lifts = lifts ? lifted : NULL,
                        .scratch = scratch, .rowCount = row_count, .classCount = classes,
                        .ignored = ignored, .factor = 1.0 / 3, .gamma = extras.gamma,
                        .spread = extras.smoothing / (double)classes,
                        .zLossScale = extras.zLossScale, .cap = extras.cap,
                        .classWeights = extras.weighs ? weights : NULL,
                        .totalWeight = totalWeight, .kept = 1 - extras.smoothing};
      digest_rows(&digest, kernels, rows);
      rows.factors = factors;
      digest_rows(&digest, kernels, rows);
      free(weights);
      free(scratch);
      free(logits);
    }
  }
  return digest;
}

static void digest_distributions(Digest *digest, const LossKernels *kernels, TargetRows rows) {
  const size_t count = rows.rowCount * rows.classCount;
  for (int way = 0; way < 3; way++) {
    float *gradient = way == 0 ? NULL : room(count * sizeof(float));
    // 1 of a row that is left, 2 of one whose gradient is.
    uint8_t states[row_count] = {0};
    rows.gradient = gradient;
    rows.isStreamed = way == 2;
    kernels->target_entropy_rows(&rows);
    digest_sum(digest, rows.sum);
    for (size_t i = 0; i < rows.leftCount; i++) states[rows.left[i]] = 1;
    for (size_t i = 0; i < rows.roughCount; i++) states[rows.rough[i]] = 2;
    for (size_t i = 0; i < rows.apartCount; i++) digest_word(digest, rows.apart[i]);
    for (size_t row = 0; row < rows.rowCount; row++) {
      digest_word(digest, states[row]);
      if (states[row] != 1) digest_f64(digest, rows.losses[row]);
      for (size_t c = 0; gradient && !states[row] && c < rows.classCount; c++) {
        digest_f32(digest, gradient[row * rows.classCount + c]);
      }
    }
    free(gradient);
  }
}

/// A distribution: even, with most on one class, with zeros, or with what none has.
static void draw_distribution(float *targets, Random *random, int family, size_t classes) {
  const size_t top = next_below(random, classes);
  for (size_t c = 0; c < classes; c++) {
    const float unit = (float)next_unit(random);
    const float scale = family % 2 && c != top ? 0x1p-12f : 1.0f;
    targets[c] = next_below(random, 4) ? unit * scale / (float)classes : 0;
    if (family == 3 && next_below(random, 512) == 0) targets[c] = -1;
  }
}

static Digest run_distributions_of_rows(const LossKernels *kernels, int isMixed) {
  Digest digest = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < shape_count; s++) {
      const size_t classes = class_counts[s], count = row_count * classes;
      Random random = {(uint64_t)family << 32 | s | (uint64_t)6 << 48};
      float *logits = room(count * sizeof(float)), *targets = room(count * sizeof(float));
      double factors[row_count], losses[row_count + 8], totals[row_count + 8];
      double depths[row_count + 8];
      uint8_t left[row_count], apart[row_count], rough[row_count];
      for (size_t i = 0; i < count; i++) logits[i] = logit(&random, family);
      for (size_t row = 0; row < row_count; row++) {
        draw_distribution(targets + row * classes, &random, family, classes);
        factors[row] = next_below(&random, 8) ? 1.0 / row_count : 0x1p101;
        digest_word(&digest, kernels->plain_targets(targets + row * classes, 1, classes, -1));
        digest_word(&digest, kernels->plain_targets(targets + row * classes, 1, classes, 0.5));
      }
      double *scratch = room((classes + 8) * sizeof(double));
      TargetRows rows = {.logits = logits, .targets = targets, .losses = losses,
                         .totals = totals, .depths = depths, .left = left, .apart = apart,
                         .rough = rough, .scratch = scratch, .rowCount = row_count,
                         .classCount = classes, .factor = 1.0 / 3, .kept = 1};
      double *weights = room(classes * sizeof(double));
      for (size_t c = 0; c < classes; c++) weights[c] = (double)(c * 5 % 7) / 4;
      if (isMixed) {
        rows.classWeights = weights;
        rows.kept = 0.9;
        rows.spread = 0.1 / (double)classes;
      }
      digest_distributions(&digest, kernels, rows);
      rows.factors = factors;
      digest_distributions(&digest, kernels, rows);
      free(weights);
      free(scratch);
      free(targets);
      free(logits);
    }
  }
  return digest;
}

/// A target: 0 or 1, or anything between, or none at all.
static float target(Random *random, int family) {
  if (family % 2 == 0) return (float)next_below(random, 2);
  if (family == 3 && next_below(random, 64) == 0) return 1.5f;
  return (float)next_unit(random);
}

typedef void (*BinaryKernel)(BinaryElements *);

static void digest_elements(Digest *digest, BinaryKernel kernel, BinaryElements elements) {
  float gradient[loss_kernel_block];
  double losses[loss_kernel_block], apart[loss_kernel_block];
  uint16_t hard[loss_kernel_block];
  uint8_t is_hard[loss_kernel_block] = {0};
  elements.gradient = gradient;
  elements.losses = losses;
  elements.hard = hard;
  elements.apart = apart;
  kernel(&elements);
  digest_sum(digest, elements.sum);
  digest_word(digest, elements.hardCount);
  digest_word(digest, elements.apartCount);
  for (size_t i = 0; i < elements.hardCount; i++) is_hard[hard[i]] = 1;
  for (size_t i = 0; i < elements.apartCount; i++) digest_f64(digest, apart[i]);
  for (size_t i = 0; i < elements.count; i++) {
    digest_word(digest, is_hard[i]);
    if (is_hard[i]) continue;
    digest_f32(digest, gradient[i]);
    digest_f64(digest, losses[i]);
  }
}

static Digest run_elements(BinaryKernel kernel, double gamma) {
  static const size_t sizes[] = {1, 3, 8, 13, 255, 256, 257, 1000, 1024};
  Digest digest = new_digest();
  for (int family = 0; family < families; family++) {
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
      Random random = {(uint64_t)family << 32 | s | (uint64_t)2 << 48};
      float logits[loss_kernel_block], targets[loss_kernel_block], weights[loss_kernel_block];
      for (size_t i = 0; i < sizes[s]; i++) {
        logits[i] = logit(&random, family);
        targets[i] = target(&random, family);
        weights[i] = (float)next_below(&random, 9) * 0.25f;
      }
      BinaryElements elements = {.logits = logits, .targets = targets, .count = sizes[s],
                                 .factor = 1.0 / 3, .kept = 1, .spread = 0,
                                 .positiveWeight = 1, .negativeWeight = 1, .gamma = gamma};
      digest_elements(&digest, kernel, elements);
      elements.reach = 20;
      digest_elements(&digest, kernel, elements);
      elements.weights = weights;
      elements.kept = 0.875;
      elements.spread = 0.0625;
      elements.positiveWeight = 3;
      digest_elements(&digest, kernel, elements);
    }
  }
  return digest;
}

void run_losses(int level) {
  const LossKernels *kernels = loss_kernels(level);
  print_digest("cross_entropy_rows", run_labels_of_rows(kernels, (Extras){0}));
  print_digest("smoothed labels", run_labels_of_rows(kernels, (Extras){.smoothing = 0.1}));
  print_digest("smoothed and weighted",
               run_labels_of_rows(kernels, (Extras){.smoothing = 0.1, .weighs = 1}));
  print_digest("softmax focal, 2", run_labels_of_rows(kernels, (Extras){.gamma = 2}));
  print_digest("softmax focal, 0.5", run_labels_of_rows(kernels, (Extras){.gamma = 0.5}));
  print_digest("z-loss", run_labels_of_rows(kernels, (Extras){.zLossScale = 0.25}));
  print_digest("soft-cap", run_labels_of_rows(kernels, (Extras){.cap = 30}));
  print_digest("soft-cap and z-loss",
               run_labels_of_rows(kernels, (Extras){.cap = 50, .zLossScale = 1e-4}));
  print_digest("target_entropy_rows", run_distributions_of_rows(kernels, 0));
  print_digest("mixed targets", run_distributions_of_rows(kernels, 1));
  print_digest("binary_cross_entropy", run_elements(kernels->binary_cross_entropy, 0));
  print_digest("sigmoid_focal, 2", run_elements(kernels->sigmoid_focal, 2));
  print_digest("sigmoid_focal, 1.5", run_elements(kernels->sigmoid_focal, 1.5));
}
