// Logits for the kernels of rows and of losses.

#ifndef LOGITS_H
#define LOGITS_H

#include "levels.h"

enum { families = 5 };

/// A logit: ordinary, wide, with ties, with what no kernel can do, or far from zero.
static inline float logit(Random *random, int family) {
  const double unit = next_unit(random) - 0.5;
  switch (family) {
    case 0: return (float)(unit * 8);
    case 1: return (float)(unit * 1600);
    case 2: return (float)next_below(random, 5);
    case 3:
      switch (next_below(random, 256)) {
        case 0: return __builtin_inff();
        case 1: return -__builtin_inff();
        case 2: return __builtin_nanf("");
        case 3: return 0x1p31f;
        case 4: return 0x1p-140f;
        default: return (float)(unit * 64);
      }
    default: return (float)(1000 + unit * 4);
  }
}

static const size_t class_counts[] = {2,  3,  4,  5,  7,  8,   9,   10,   16,   17,
                                      31, 64, 65, 70, 100, 129, 1000, 1025, 2500};
enum { shape_count = sizeof class_counts / sizeof *class_counts };

#endif
