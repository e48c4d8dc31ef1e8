"""Two loads for the scanner and for ripgrep: the catalogue's own patterns, and plain phrases.

The phrases are what suits ripgrep best: it looks for their words with vector instructions.
"""

from __future__ import annotations

import re

# It has no lookaround, no backreferences, no comments, no line ends, and here no Unicode.
BEYOND_RIPGREP = re.compile(r"\(\?<?[=!]|\(\?P=|\(\?#|\\n|[^\x00-\x7f]")

EXCEPTIONS = """
ArithmeticError AssertionError AttributeError BlockingIOError BrokenPipeError BrokenProcessPool
BufferError CalledProcessError CancelledError ChildProcessError ClientConnectorError
ConnectTimeout ConnectionAbortedError ConnectionRefusedError ConnectionResetError DatabaseError
DeadlockDetected DoesNotExist EOFError EnvironmentError FileExistsError FileNotFoundError
FloatingPointError FrozenInstanceError ImportError IncompleteReadError IndentationError IndexError
IntegrityError InterfaceError InternalError InterruptedError InvalidStateError InvalidURL
IsADirectoryError JSONDecodeError KeyError LimitOverrunError LookupError MaxRetryError MemoryError
ModuleNotFoundError NameError NewConnectionError NotADirectoryError NotImplementedError
OperationalError OverflowError PermissionError PicklingError PoolTimeout ProcessLookupError
ProgrammingError ProtocolError ReadTimeout RecursionError ReferenceError RemoteDisconnected
ServerDisconnectedError SSLError StopAsyncIteration StopIteration SyntaxError SystemError TabError
TemplateNotFound TimeoutExpired TooManyRedirects TypeError UnboundLocalError UnicodeDecodeError
UnicodeEncodeError UnpicklingError ValidationError ValueError WriteTimeout ZeroDivisionError
"""
ERRNO = """
Address already in use|Address family not supported|Argument list too long|Bad file descriptor
Broken pipe|Cannot allocate memory|Cannot assign requested address|Connection refused
Connection reset by peer|Connection timed out|Device or resource busy|Directory not empty
Disk quota exceeded|Exec format error|File exists|File name too long|File too large
Host is down|Input/output error|Interrupted system call|Invalid argument|Invalid cross-device link
Is a directory|Name or service not known|Network is unreachable|No buffer space available
No child processes|No locks available|No route to host|No space left on device
No such device or address|No such file or directory|No such process|Not a directory
Operation already in progress|Operation not permitted|Operation not supported|Permission denied
Protocol error|Read-only file system|Resource deadlock avoided|Resource temporarily unavailable
Socket operation on non-socket|Stale file handle|Text file busy|Too many levels of symbolic links
Too many open files|Too many open files in system|Transport endpoint is not connected
"""
PHRASES = """
certificate has expired|certificate verify failed|could not translate host name
could not serialize access|current transaction is aborted|database is locked|deadlock detected
disk I/O error|duplicate key value violates unique constraint|failed to create a new container
failed to pull image|fixture not found in module|Lock wait timeout exceeded|MISCONF Redis is
maximum number of clients reached|network bridge not found|no matching manifest for
NOAUTH Authentication required|OOM command not allowed|password authentication failed
pull access denied for|remaining connection slots are reserved|server closed the connection
sorry, too many clients already|the database system is shutting down|too many connections for role
The job was canceled because|The runner has received a shutdown signal|Too many connections
unable to resolve host address|UNIQUE constraint failed|upstream connect error or disconnect
x509: certificate signed by unknown authority|You have exceeded a secondary rate limit
context deadline exceeded|dial tcp: lookup|error mounting|exec user process caused
i/o timeout while|no basic auth credentials|out of memory allocating|port is already allocated
Event loop is closed|Cannot connect to host|Session is closed|cannot schedule new futures
dictionary changed size during iteration|generator already executing|cannot join current thread
can't start new thread|maximum recursion depth exceeded|database connection pool exhausted
"""
KERNEL = """
Out of memory: Killed process|Memory cgroup out of memory|oom-kill:constraint=|invoked oom-killer
page allocation failure|blocked for more than|soft lockup|hard LOCKUP|general protection fault
segfault at|traps: python|EXT4-fs error|XFS metadata I/O error|Buffer I/O error on dev
nf_conntrack: table full|TCP: out of memory|possible SYN flooding on port|neighbour table overflow
Machine check events logged|temperature above threshold|link is not ready|hung_task_timeout_secs
VFS: file-max limit|fork rejected by pids controller|Core dump to|audit: backlog limit exceeded
"""
WHOLE = r"""
\[gw(?P<worker>\d+)\] node down: (?P<why>.+)
worker '(?P<worker>gw\d+)' crashed while running '(?P<test>[^']+)'
replacing crashed worker (?P<worker>gw\d+)
maximum crashed workers reached: (?P<count>\d+)
Different tests were collected between (?P<one>gw\d+) and (?P<other>gw\d+)
Interrupted: (?P<count>\d+) errors? during collection
^INTERNALERROR> (?P<what>.+)
^(?:E\s+)?Failed: Timeout \(?>(?P<seconds>[\d.]+)s\)?
fixture '(?P<name>[^']+)' not found
QueuePool limit of size (?P<size>\d+) overflow (?P<overflow>\d+) reached
Timeout waiting for lock (?P<path>\S+)
worker process (?P<pid>\d+) was terminated by signal (?P<signal>\d+)
(?i)the operation was cancell?ed
(?i)killed by the (?:oom|memory) killer
(?:exited with|exit) code (?P<code>13[4-9]|143)
container (?P<name>\S+) is unhealthy
dependency failed to start: (?P<what>.+)
Job's? (?P<job>\S+) exceeded the time limit of (?P<minutes>\d+) minutes
^Fatal Python error: (?P<what>.+)
double free or corruption \((?P<where>\w+)\)
^Segmentation fault(?: \(core dumped\))?
^(?P<program>\S+): line \d+: +(?P<pid>\d+) (?:Killed|Aborted) +(?P<command>.+)
free\(\): invalid (?:pointer|size)
terminate called after throwing an instance of '(?P<type>[^']+)'
thread '(?P<thread>[^']+)' panicked at (?P<where>.+)
"""
STATUS = (400, 401, 403, 404, 408, 409, 410, 413, 422, 423, 425, 429, 500, 501, 502, 503, 504, 507)
GRPC = "ABORTED DATA_LOSS DEADLINE_EXCEEDED INTERNAL RESOURCE_EXHAUSTED UNAUTHENTICATED UNAVAILABLE"
SIGNALS = (
    "SIGABRT SIGBUS SIGFPE SIGHUP SIGILL SIGINT SIGKILL SIGPIPE SIGQUIT SIGSEGV SIGTERM SIGXCPU"
)


def _phrases(text: str) -> list[str]:
    return [phrase for line in text.strip().splitlines() for phrase in line.split("|")]


PATTERNS: tuple[str, ...] = (
    *(rf"\b{name}: (?P<what>.+)" for name in EXCEPTIONS.split()),
    *(rf"\[Errno (?P<number>\d+)\] {message}" for message in _phrases(ERRNO)),
    *_phrases(PHRASES),
    *(rf"\] {message}" for message in _phrases(KERNEL)),
    *(rf"HTTP status {status} from (?P<url>\S+)" for status in STATUS),
    *(rf"StatusCode\.{code}\b" for code in GRPC.split()),
    *(rf"died with <Signals\.{signal}" for signal in SIGNALS.split()),
    *WHOLE.strip().splitlines(),
)
HITS = (
    "E   ConnectionRefusedError: [Errno 111] Connection refused",
    "E   sqlalchemy.exc.TimeoutError: QueuePool limit of size 5 overflow 10 reached, timed out",
    "[gw3] node down: Not properly terminated",
    "replacing crashed worker gw3",
    "worker 'gw3' crashed while running 'tests/db/test_pool.py::test_many[8]'",
    "E   OSError: [Errno 24] Too many open files: '/var/lib/app/state.json'",
    "psycopg2.OperationalError: FATAL:  sorry, too many clients already",
    "E   Failed: Timeout (>30.0s) from pytest-timeout.",
    "[ 8123.123456] Out of memory: Killed process 4711 (python) total-vm:9123456kB",
    "E   requests.exceptions.ReadTimeout: HTTPConnectionPool(host='db', port=80): Read timed out.",
    "E   sqlite3.OperationalError: database is locked",
    "subprocess.CalledProcessError: Command '['make']' died with <Signals.SIGKILL: 9>.",
    "E   OSError: [Errno 28] No space left on device",
    "E   FileExistsError: [Errno 17] File exists: '/srv/app/cache/lock'",
    "grpc: StatusCode.DEADLINE_EXCEEDED while calling /app.Orders/List",
    "Error: Process completed with exit code 137",
)


def catalogued() -> tuple[str, ...]:
    """List the patterns of the catalogue that both can look for."""
    from diagnose.causes import patterns
    from diagnose.errors import ConfigError
    from diagnose.scan import Pattern

    found = []
    for pattern in patterns():
        try:
            Pattern(pattern.id, pattern.regex).needles()
        except ConfigError:  # it can match without any word, and waits for a line to try it on
            continue
        if not BEYOND_RIPGREP.search(pattern.regex):
            # Nobody needs to escape these; ripgrep refuses it, and Python does not mind.
            found.append(re.sub(r"\\([\"'!<>#=:,@%`/])", r"\1", pattern.regex))
    return tuple(found)
