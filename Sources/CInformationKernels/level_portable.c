// The kernels for what every processor of the architecture has.

#define LEVEL(name) name##_portable
#define VECTOR_BYTES 64

#include "level.h"
