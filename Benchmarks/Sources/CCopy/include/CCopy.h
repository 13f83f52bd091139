#ifndef C_COPY_H
#define C_COPY_H

#include <stddef.h>

/// Copies memory with stores that go past the caches, which is the fastest way that
/// much memory can be read and written. Both addresses and the size are multiples of 64.
void copy_past_caches(void *to, const void *from, size_t size);

#endif
