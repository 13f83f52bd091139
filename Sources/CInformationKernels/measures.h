// The kernels of measures of one level.

#include "pair_arithmetic.h"

#include "double_words.h"
#include "fixed_point.h"

#include "masses.h"
#include "pairs.h"

#include "entropy.h"

#include "any_powers.h"
#include "divergence.h"
#include "jensen_shannon.h"
#include "overlap.h"
#include "powers.h"
#include "root_gaps.h"
#include "variation.h"

#include "columns.h"
#include "few_masses.h"

#include "divergence_rows.h"
#include "entropy_rows.h"

#include "label_pairs.h"

const MeasureKernels LEVEL(measure_kernels) = {
    .entropy = {LEVEL(entropy_f64), LEVEL(entropy_f32)},
    .powers = {LEVEL(powers_f64), LEVEL(powers_f32)},
    .any_powers = {LEVEL(any_powers_f64), LEVEL(any_powers_f32)},
    .totals = {LEVEL(totals_f64), LEVEL(totals_f32)},
    .kl = {LEVEL(kl_f64), LEVEL(kl_f32)},
    .fine_kl = {LEVEL(fine_kl_f64), LEVEL(fine_kl_f32)},
    .jensen_shannon = {LEVEL(jensen_shannon_f64), LEVEL(jensen_shannon_f32)},
    .overlap = {LEVEL(overlap_f64), LEVEL(overlap_f32)},
    .root_gaps = {LEVEL(root_gaps_f64), LEVEL(root_gaps_f32)},
    .common = {LEVEL(common_f64), LEVEL(common_f32)},
    .variation = {LEVEL(variation_f64), LEVEL(variation_f32)},
    .entropies_of_rows = LEVEL(entropies_of_rows),
    .divergences_of_rows = LEVEL(divergences_of_rows),
    .places_i64 = LEVEL(places_i64),
    .places_i32 = LEVEL(places_i32),
    .places_u8 = LEVEL(places_u8),
    .count_places = LEVEL(count_places),
};
