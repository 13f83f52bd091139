import Foundation

/// Pipes to and from the standard streams of a process that is to be started.
struct StandardPipes {
  /// The end that we keep, and the end that the process gets.
  struct Ends {
    let ours: Int32
    let theirs: Int32
  }

  let input: Ends
  let output: Ends
  let error: Ends

  init() throws {
    let ends = try (0..<3).map { _ in
      var pair: [Int32] = [-1, -1]
      guard unsafe pipe(&pair) == 0 else {
        throw Fault(.software, "cannot make a pipe: \(Terminal.lastSystemError())")
      }
      // The process gets copies as 0, 1 and 2, and nothing else of ours.
      for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return pair
    }
    input = Ends(ours: ends[0][1], theirs: ends[0][0])
    output = Ends(ours: ends[1][0], theirs: ends[1][1])
    error = Ends(ours: ends[2][0], theirs: ends[2][1])
  }

  func closeChildEnds() {
    for pipe in [input, output, error] { close(pipe.theirs) }
  }

  /// Starts a command by `/bin/sh`, as the leader of a new process group.
  func spawn(_ command: String) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for (pipe, descriptor) in [(input, Int32(0)), (output, 1), (error, 2)] {
      unsafe posix_spawn_file_actions_adddup2(&actions, pipe.theirs, descriptor)
    }
    // We ignore SIGPIPE and block what interrupts us just now; the process need not.
    var ignored = sigset_t()
    var blocked = sigset_t()
    unsafe sigemptyset(&ignored)
    unsafe sigaddset(&ignored, SIGPIPE)
    unsafe sigemptyset(&blocked)
    unsafe posix_spawnattr_setsigdefault(&attributes, &ignored)
    unsafe posix_spawnattr_setsigmask(&attributes, &blocked)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var process = pid_t()
    let variables = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }
    var arguments = unsafe Self.cStrings(["sh", "-c", command])
    var environment = unsafe Self.cStrings(variables)
    defer { unsafe (arguments + environment).forEach { unsafe free($0) } }
    let status = unsafe posix_spawn(
      &process, "/bin/sh", &actions, &attributes, &arguments, &environment)
    guard status == 0 else {
      throw Fault(.software, "cannot start /bin/sh: \(unsafe String(cString: strerror(status)))")
    }
    return process
  }

  /// Texts as C has them, for the caller to free, ended by a null pointer.
  private static func cStrings(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    unsafe texts.map { unsafe strdup($0) } + [nil]
  }
}
