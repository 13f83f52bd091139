// The process in which cells run. It loads each cell as a shared library, runs its
// top-level code on a thread of its own, and outlives whatever goes wrong there.
//
//   runner DESCRIPTOR LIBRARY…    loads the libraries, then obeys what arrives there
//
// It reads lines: "run\tPATH\tSYMBOL" runs a cell; a "show" is answered by "ack", or by
// "refuse" if the kernel cannot show it. It writes
// frames: a kind, a length, a line feed, and that many bytes. "ready" comes once;
// then, for each cell, any number of "show" and one of
//   done         the cell ran to its end
//   thrown       an error left it:  WHERE, type and text, each after a line feed
//   trapped      a signal ended it: WHERE and the signal's name, and "pool" after another
//                line feed if it was on a thread that the cell shares with later ones
//   interrupted  it was sent SIGUSR1
//   refused      something that it showed was refused
//   unloadable   it never ran: why
// WHERE is the cell's line that was executing, as PATH+0xOFFSET, or empty.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <link.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Of libdispatch, whose header takes a compiler with blocks.
_Noreturn void dispatch_main(void);

enum {
  STACK_BYTES = 8 << 20,
  SIGNAL_STACK_BYTES = 64 << 10,
  MOST_FRAMES = 64,
  // Between signals to a cell that is to leave, in microseconds.
  LEAVE_INTERVAL = 5000,
  // After so many of them it no longer waits for a safe place.
  PATIENCE = 100
};

// MARK: The channel

static int channel;
// Held while a frame is written and until its answer has come.
static atomic_flag channel_busy = ATOMIC_FLAG_INIT;
// The thread that holds it, so that an interrupt does not cut a frame in two.
static _Thread_local volatile sig_atomic_t holds_channel;

static void take_channel(void) {
  holds_channel = 1;
  while (atomic_flag_test_and_set(&channel_busy)) sched_yield();
}

static void release_channel(void) {
  atomic_flag_clear(&channel_busy);
  holds_channel = 0;
}

static void write_all(const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(channel, bytes, count);
    if (written < 0 && errno != EINTR) _exit(1);  // The kernel is gone.
    if (written > 0) bytes += written, count -= (size_t)written;
  }
}

// Async-signal-safe: no printf.
static void write_frame(const char *kind, const char *payload, size_t count) {
  char header[64], digits[24];
  size_t length = strlen(kind), digit = sizeof digits;
  memcpy(header, kind, length);
  header[length++] = ' ';
  size_t rest = count;
  do digits[--digit] = (char)('0' + rest % 10); while ((rest /= 10) > 0);
  memcpy(header + length, digits + digit, sizeof digits - digit);
  length += sizeof digits - digit;
  header[length++] = '\n';
  write_all(header, length);
  write_all(payload, count);
}

static void send_frame(const char *kind, const char *payload, size_t count) {
  take_channel();
  write_frame(kind, payload, count);
  release_channel();
}

// Reads a line into text without its line feed; ends the process where the kernel has.
static void read_line(char *text, size_t capacity) {
  size_t length = 0;
  for (;;) {
    char next;
    ssize_t count = read(channel, &next, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) _exit(0);
    if (next == '\n') break;
    if (length + 1 < capacity) text[length++] = next;
  }
  text[length] = 0;
}

// MARK: The cell

enum { IDLE, STARTING, RUNNING, ENDING };


static pthread_t cell_thread;
static atomic_int cell_state;
static atomic_int cell_abandoned;
// Posted when the cell is over, or must be made to leave.
static sem_t wake;
static atomic_int leave_requested;

// Whether the caller is to say how the cell ended, which one thread does.
static int claim_ending(void) {
  int running = RUNNING;
  return atomic_compare_exchange_strong(&cell_state, &running, ENDING);
}

// The place in the innermost frame that is a cell's, as "PATH+0xOFFSET\n".
static size_t write_place(char *text, size_t capacity) {
  void *frames[MOST_FRAMES];
  int count = backtrace(frames, MOST_FRAMES);
  for (int i = 0; i < count; i++) {
    Dl_info found;
    if (!dladdr(frames[i], &found) || !found.dli_fname) continue;
    const char *name = strrchr(found.dli_fname, '/');
    if (!name || strncmp(name, "/Cell_", 6) != 0) continue;
    size_t offset = (size_t)((char *)frames[i] - (char *)found.dli_fbase);
    int length = snprintf(text, capacity, "%s+0x%zx\n", found.dli_fname, offset - 1);
    if (length > 0 && (size_t)length < capacity) return (size_t)length;
  }
  text[0] = '\n';
  return 1;
}

// Ends the cell from its own thread, which stays where it is: its frames, in which other
// threads may have an interest, are left as they are, and their memory is not returned.
static _Noreturn void leave_cell(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  atomic_store(&cell_abandoned, 1);
  atomic_store(&cell_state, IDLE);
  sem_post(&wake);
  for (;;) pause();
}

// What the compiler lets top-level code call with an error that nobody caught. The
// cells find this one before the runtime's, which would end the process.
typedef void describe_function(const void *error, void (*send)(const char *, size_t));
static describe_function *describe_error;

static void send_thrown(const char *description, size_t count) {
  char text[4096];
  size_t length = write_place(text, sizeof text);
  char *payload = malloc(length + count);
  memcpy(payload, text, length);
  memcpy(payload + length, description, count);
  send_frame("thrown", payload, length + count);
  free(payload);
}

__attribute__((swiftcall)) void swift_errorInMain(const void *error) {
  if (claim_ending()) describe_error(error, send_thrown);
  leave_cell();
}

static const char *signal_name(int number) {
  switch (number) {
    case SIGABRT: return "SIGABRT";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    case SIGILL: return "SIGILL";
    case SIGSEGV: return "SIGSEGV";
    default: return "SIGTRAP";
  }
}

static void request_leave(int number) {
  (void)number;
  atomic_store(&leave_requested, 1);
  sem_post(&wake);
}

// Stops this thread for good, and the cell, whose ending has been claimed.
static _Noreturn void end_cell(void) {
  int runs = atomic_load(&cell_state) > STARTING;
  if (runs && pthread_equal(pthread_self(), cell_thread)) leave_cell();
  // The cell's thread may wait for this one.
  if (runs) request_leave(0);
  for (;;) pause();
}

// Shows something, and returns when the kernel has published it: what is printed
// later then appears below it. Called by the display helper.
void notebook_show(const char *payload, size_t count) {
  char answer[64];
  take_channel();
  write_frame("show", payload, count);
  read_line(answer, sizeof answer);
  release_channel();
  if (strcmp(answer, "refuse") == 0) {
    if (claim_ending()) send_frame("refused", "", 0);
    end_cell();
  }
  // An interrupt had to wait; where a cell shows one thing after another it would again.
  if (atomic_load(&leave_requested)) {
    if (claim_ending()) send_frame("interrupted", "", 0);
    end_cell();
  }
}

static pthread_t command_thread;

static void on_trap(int number) {
  if (pthread_equal(pthread_self(), command_thread)) {
    signal(number, SIG_DFL);
    return;  // It happens again, and ends the process.
  }
  if (claim_ending()) {
    char text[4096 + 64];
    size_t length = write_place(text, 4096);
    const char *name = signal_name(number);
    memcpy(text + length, name, strlen(name));
    length += strlen(name);
    if (!pthread_equal(pthread_self(), cell_thread)) {
      memcpy(text + length, "\npool", 5);
      length += 5;
    }
    send_frame("trapped", text, length);
  }
  end_cell();
}

// MARK: Interrupts

// The code of libraries whose locks must not be left locked by a thread that never
// returns to them.
static struct { uintptr_t start, end; } locking[8];
static int locking_count;

static int note_locking(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size, (void)context;
  static const char *const names[] = {
    "libc.so", "ld-linux", "libgcc_s", "libstdc++", "libdispatch", "libswiftCore",
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!strstr(info->dlpi_name, names[i]) || locking_count == 8) continue;
    uintptr_t start = UINTPTR_MAX, end = 0;
    for (int k = 0; k < info->dlpi_phnum; k++) {
      if (info->dlpi_phdr[k].p_type != PT_LOAD) continue;
      uintptr_t first = info->dlpi_addr + info->dlpi_phdr[k].p_vaddr;
      uintptr_t last = first + info->dlpi_phdr[k].p_memsz;
      if (first < start) start = first;
      if (last > end) end = last;
    }
    locking[locking_count].start = start;
    locking[locking_count++].end = end;
  }
  return 0;
}

// How often the cell has been asked to leave.
static volatile sig_atomic_t times_asked;

static int may_hold_lock(const void *context) {
#if defined(__x86_64__)
  uintptr_t place = (uintptr_t)((const ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__) && defined(__linux__)
  uintptr_t place = (uintptr_t)((const ucontext_t *)context)->uc_mcontext.pc;
#else
  uintptr_t place = 0;
  (void)context;
#endif
  for (int i = 0; i < locking_count; i++)
    if (place >= locking[i].start && place < locking[i].end) return 1;
  return 0;
}

// Runs in the cell's thread, again and again until it leaves, so this may wait for a
// moment at which the thread holds no lock.
static void on_leave(int number, siginfo_t *info, void *context) {
  (void)number, (void)info;
  if (atomic_load(&cell_state) <= STARTING || holds_channel) return;
  if (may_hold_lock(context) && times_asked++ < PATIENCE) return;
  if (claim_ending()) send_frame("interrupted", "", 0);
  leave_cell();
}

static void install_handlers(void) {
  static const int traps[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  struct sigaction action = {0};
  sigfillset(&action.sa_mask);
  action.sa_flags = SA_ONSTACK;
  action.sa_handler = on_trap;
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) sigaction(traps[i], &action, NULL);
  action.sa_handler = request_leave;
  sigaction(SIGUSR1, &action, NULL);
  action.sa_flags = SA_ONSTACK | SA_SIGINFO | SA_RESTART;
  action.sa_sigaction = on_leave;
  sigaction(SIGUSR2, &action, NULL);
  // A closed pipe is an error of write, as it is where cells are compiled programs.
  signal(SIGPIPE, SIG_IGN);
}

// MARK: Running

static void *run_on_thread(void *entry) {
  // A stack of its own for signals, because a stack may be what has run out.
  stack_t signals = {.ss_sp = malloc(SIGNAL_STACK_BYTES), .ss_size = SIGNAL_STACK_BYTES};
  sigaltstack(&signals, NULL);
  char *arguments[] = {"cell", NULL};
  atomic_store(&cell_state, RUNNING);
  ((int (*)(int, char **))entry)(1, arguments);
  fflush(stdout);
  // Where a thread of the cell has trapped meanwhile, that is how it ended.
  if (claim_ending()) send_frame("done", "", 0);
  atomic_store(&cell_state, IDLE);
  signals.ss_flags = SS_DISABLE;
  sigaltstack(&signals, NULL);
  free(signals.ss_sp);
  sem_post(&wake);
  return NULL;
}

static void wait_for_cell(void) {
  while (atomic_load(&cell_state) != IDLE) {
    if (atomic_load(&leave_requested)) {
      pthread_kill(cell_thread, SIGUSR2);
      usleep(LEAVE_INTERVAL);
    } else {
      sem_wait(&wake);
    }
  }
}

static void run_cell(const char *path, const char *symbol) {
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  void *entry = library ? dlsym(library, symbol) : NULL;
  if (!entry) {
    const char *reason = dlerror();
    send_frame("unloadable", reason, strlen(reason));
    return;
  }
  times_asked = 0;
  atomic_store(&leave_requested, 0);
  atomic_store(&cell_abandoned, 0);
  atomic_store(&cell_state, STARTING);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  if (pthread_create(&cell_thread, &attributes, run_on_thread, entry) != 0) {
    const char *reason = "no thread could be made for the cell";
    atomic_store(&cell_state, IDLE);
    send_frame("unloadable", reason, strlen(reason));
    return;
  }
  wait_for_cell();
  if (!atomic_load(&cell_abandoned)) {
    pthread_join(cell_thread, NULL);
    return;
  }
  pthread_detach(cell_thread);
  // The thread may have locked the old one.
  stdout = fdopen(STDOUT_FILENO, "w");
  setvbuf(stdout, NULL, _IONBF, 0);
}

static void *obey(void *unused) {
  (void)unused;
  command_thread = pthread_self();
  install_handlers();
  send_frame("ready", "", 0);
  for (;;) {
    char line[8192], path[4096], symbol[256];
    read_line(line, sizeof line);
    if (sscanf(line, "run\t%4095[^\t]\t%255s", path, symbol) == 2) run_cell(path, symbol);
  }
}

int main(int count, char **arguments) {
  if (count < 2) return 64;
  channel = atoi(arguments[1]);
  for (int i = 2; i < count; i++) {
    if (dlopen(arguments[i], RTLD_NOW | RTLD_GLOBAL)) continue;
    const char *reason = dlerror();
    send_frame("unloadable", reason, strlen(reason));
    return 1;
  }
  describe_error = (describe_function *)dlsym(RTLD_DEFAULT, "notebook_describe_error");
  if (!describe_error) return 1;
  // What a cell prints is to be seen before it ends, in the order it was printed.
  setvbuf(stdout, NULL, _IONBF, 0);
  sem_init(&wake, 0, 0);
  void *frame;
  backtrace(&frame, 1);  // The first call allocates, which a handler must not.
  dl_iterate_phdr(note_locking, NULL);
  // The main thread is the main actor's, for which cells may wait.
  pthread_t commands;
  if (pthread_create(&commands, NULL, obey, NULL) != 0) return 1;
  dispatch_main();
}
