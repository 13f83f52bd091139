#ifndef LOSS_KERNELS_H
#define LOSS_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "MeasureKernels.h"

/// Up to so many classes several rows are worked on at once.
enum { loss_kernel_few_classes = 64 };
/// A longer row is taken in by blocks of about so many classes.
enum { loss_kernel_block = 1024 };

/// At most 256 rows of logits with a class label each.
typedef struct {
  /// Rows × classes, with at least 2 classes.
  const float *logits;
  /// A label in 0 ..< classCount for each row, or `ignored`.
  const intptr_t *labels;
  /// What each row's derivatives are multiplied by, not negative, or NULL where it is
  /// `factor`; a row with more than 2¹⁰⁰ is left to the caller.
  const double *factors;
  /// Receives the derivatives; may be the logits, or NULL where none are asked for.
  float *gradient;
  /// Receives the losses, 0 where the row is ignored or left to the caller. There is room for
  /// whole groups of eight rows.
  double *losses;
  /// Receives the rows that are as they were and left to the caller. Which rows these are
  /// depends on each row alone.
  uint8_t *left;
  size_t leftCount;
  /// Receives the rows whose losses are not in the sum, because they are very small; the
  /// caller is to add them.
  uint8_t *apart;
  size_t apartCount;
  /// Where labels are smoothed, or there is a z-loss, room for what that adds to the losses,
  /// as for these; NULL otherwise.
  double *lifts;
  /// Receives the rows whose gradient is left to the caller, but not the loss: with
  /// smoothing or a z-loss, those with a derivative whose two parts cancel.
  uint8_t *rough;
  size_t roughCount;
  /// Room for `classCount` numbers, as many again for a soft-cap, and a vector of eight; not used
  /// where there are few classes and nothing beside cross-entropy or focal loss.
  double *scratch;
  size_t rowCount;
  size_t classCount;
  intptr_t ignored;
  double factor;
  /// The share of a label that goes to each class.
  double spread;
  /// Where labels are smoothed, the weights of the classes, or NULL where they are 1; their
  /// total, and the share of a label that stays with it.
  const double *classWeights;
  double totalWeight, kept;
  /// The exponent of the focal loss, or 0 where cross-entropy is asked for. Of it, smoothing and
  /// the next two only the next two go together.
  double gamma;
  /// The scale of a z-loss, at most 2¹⁰, or 0.
  double zLossScale;
  /// The bound of a soft-cap, at most 2⁷, or 0 where there is none.
  double cap;
  /// Whether the gradient goes past the caches.
  int isStreamed;
  /// The sum of the other losses, exactly, in units of 2⁻⁹¹.
  FixedPointSum sum;
} LabelRows;

/// At most 256 rows of logits that are doubles, with a class label each.
typedef struct {
  /// Rows × classes, with at least 2 classes.
  const double *logits;
  /// A label in 0 ..< classCount for each row, or `ignored`.
  const intptr_t *labels;
  /// What each row's derivatives are multiplied by, and what these numbers lack; or NULL where
  /// it is `factor`. A row with neither 0 nor 2⁻¹⁰⁰ … 2¹⁰⁰ is left to the caller. There is room
  /// for whole groups of eight rows.
  const double *factors, *factorRests;
  /// Receives the derivatives; may be the logits, or NULL where none are asked for.
  double *gradient;
  /// Receives the losses and what these lack, 0 where the row is left to the caller; the sum is
  /// that of both. There is room for whole groups of eight rows.
  double *losses, *lossRests;
  /// Receives the rows that are as they were and left to the caller: those that are ignored,
  /// have infinite logits other than −∞, or NaN, lose +∞, or have a logit between 600 and 1000
  /// below the largest.
  uint8_t *left;
  size_t leftCount;
  /// Receives the rows whose losses are not in the sum, because they are very small or large;
  /// the caller is to add them.
  uint8_t *apart;
  size_t apartCount;
  /// Room for two numbers for each class, in whole groups of eight classes; not used where there
  /// are few classes.
  double *scratch;
  /// The pairs 2^(j/64) for j in 0 ..< 64.
  const double *powers;
  /// For j in 0 ..< 128 a number c near 1/m for m = 1 + j/128, or 2/m from √2 on, and −log c as a
  /// pair.
  const double *logarithms;
  size_t rowCount;
  size_t classCount;
  intptr_t ignored;
  /// A number, and what it lacks.
  double factor[2];
  /// The sum of the other losses, exactly, in units of 2⁻⁹¹.
  FixedPointSum sum;
} DoubleLabelRows;

/// At most 256 rows of logits with a distribution over the classes each, or with masses of
/// another total.
typedef struct {
  /// Rows × classes.
  const float *logits;
  /// The targets, finite and not negative.
  const float *targets;
  /// Where targets are smoothed or weighted, a target q stands for (kept·q + spread)·weight, with
  /// a weight of 1 for each class where these are NULL. A `kept` of 1 and a `spread` of 0 without
  /// weights are none of this.
  const double *classWeights;
  double kept, spread;
  /// As of `LabelRows`.
  const double *factors;
  /// Receives the derivatives; may be the logits, or NULL where none are asked for.
  float *gradient;
  /// Receives the losses, 0 where the row is left to the caller. Here and in the next two
  /// there is room for whole groups of eight rows.
  double *losses;
  /// Room for the totals of the targets.
  double *totals;
  /// Room for what the targets lose before the logarithm of the sum of powers.
  double *depths;
  /// Receives the rows that are as they were and left to the caller.
  uint8_t *left;
  size_t leftCount;
  /// Receives the rows whose losses are not in the sum; the caller is to add them.
  uint8_t *apart;
  size_t apartCount;
  /// Receives the rows whose gradient is left to the caller, but not the loss: those with a
  /// derivative whose two parts cancel.
  uint8_t *rough;
  size_t roughCount;
  /// Room for whole vectors of eight of the classes of a row.
  double *scratch;
  size_t rowCount;
  size_t classCount;
  double factor;
  /// Whether the gradient goes past the caches.
  int isStreamed;
  /// The sum of the other losses, exactly, in units of 2⁻⁹¹.
  FixedPointSum sum;
} TargetRows;

/// At most `loss_kernel_block` logits with a target each, and what becomes of them.
typedef struct {
  const float *logits;
  const float *targets;
  /// The weight of each element, or NULL.
  const float *weights;
  /// Receives the derivatives; may be the logits, or NULL where none are asked for.
  float *gradient;
  /// Receives the losses, weighted, 0 for hard elements; or NULL where none are asked for.
  double *losses;
  /// Receives the places of the hard elements, which are as they were and left to the
  /// caller: infinite logits and NaN, targets that are none, derivatives of which two
  /// parts cancel, and for the focal loss targets between 0 and 1.
  uint16_t *hard;
  size_t hardCount;
  /// Receives the losses that are not in the sum, because they are very small or large;
  /// the caller is to add them.
  double *apart;
  size_t apartCount;
  size_t count;
  /// What the derivatives are multiplied by.
  double factor;
  /// A target t becomes kept·t + spread.
  double kept, spread;
  double positiveWeight, negativeWeight;
  double gamma;
  /// How far a logit may be on the side of its target so that no loss is too small for
  /// the sum; below 0 where nothing is known. It decides how the work is done, and no bit.
  float reach;
  /// The sum of the other losses, exactly, in units of 2⁻⁹¹.
  FixedPointSum sum;
} BinaryElements;

/// What the kernels of losses are made of, for tests to look at: eᶻ to 2⁻⁴⁰ for |z| < 690;
/// eᶻ to 2⁻⁵⁰ for −690 < z ≤ 0; log(1 + z) for 0 and 2⁻⁶⁰⁰ ≤ z < 2⁵⁰; and of a logit x with
/// |x| ≤ 600, log(1 + e^−|x|) and σ(−|x|).
enum {
  loss_probe_exponential,
  loss_probe_fine_exponential,
  loss_probe_log_one_plus,
  loss_probe_log_total,
  loss_probe_lesser,
};

/// The kernels of losses of one level. Before they are rounded to float, results are right
/// to 2⁻³⁸, and to 2⁻⁴⁸ for cross-entropy of one logit or few classes; the focal loss of one
/// logit has that error for each factor of its power.
typedef struct {
  /// Cross-entropy or focal loss of softmax predictions with labels, and its gradient.
  void (*cross_entropy_rows)(LabelRows *rows);
  /// Cross-entropy of softmax predictions with labels, and its gradient, of doubles. A result is
  /// right to 2⁻⁶² before it is rounded.
  void (*cross_entropy_doubles)(DoubleLabelRows *rows);
  /// Cross-entropy of softmax predictions with distributions, and its gradient.
  void (*target_entropy_rows)(TargetRows *rows);
  /// How many rows of targets from the first on are finite, not negative and, where a
  /// tolerance is not negative, of totals that are 1 within it.
  size_t (*plain_targets)(const float *targets, size_t rowCount, size_t classCount,
                          double tolerance);
  /// Cross-entropy of logits with targets in 0 … 1.
  void (*binary_cross_entropy)(BinaryElements *elements);
  /// Focal loss of logits with targets that are 0 or 1.
  void (*sigmoid_focal)(BinaryElements *elements);
  /// A function of numbers, for tests.
  void (*probe)(const double *x, double *values, size_t count, int function);
} LossKernels;

#endif
