// All kernels of one level.

#include "prelude.h"
#include "vector.h"

#include "measures.h"
#include "losses.h"
#include "linear.h"
#include "rows.h"
