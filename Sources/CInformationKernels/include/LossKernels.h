#ifndef LOSS_KERNELS_H
#define LOSS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Up to so many classes several rows are worked on at once.
enum { loss_kernel_few_classes = 64 };
/// A longer row is taken in by blocks of about so many classes.
enum { loss_kernel_block = 1024 };

/// Rows of logits with a class label each.
typedef struct {
  /// Rows × classes, with at least 2 classes.
  const float *logits;
  /// A label in 0 ..< classCount for each row, or `ignored`.
  const intptr_t *labels;
  /// What each row's derivatives are multiplied by, not negative; a row with more than
  /// 2¹⁰⁰ is left to the caller.
  const double *factors;
  /// Receives the derivatives; may be the logits, or NULL where none are asked for.
  float *gradient;
  /// Receives −log p of each label, 0 where the row is ignored.
  double *losses;
  /// Receives 0 for a row that is done, and 1 for one that is as it was and left to the
  /// caller. Which of the two depends on the row alone.
  uint8_t *states;
  /// Room for `classCount` numbers and two more for each block of classes; not read
  /// where there are few classes.
  double *scratch;
  size_t rowCount;
  size_t classCount;
  intptr_t ignored;
  /// Whether the gradient goes past the caches.
  int isStreamed;
} LabelRows;

/// The kernels of losses of one level. Results are right to 2⁻³⁸ before they are rounded
/// to float.
typedef struct {
  /// Cross-entropy of softmax predictions with labels, and its gradient.
  void (*cross_entropy_rows)(const LabelRows *rows);
} LossKernels;

#endif
