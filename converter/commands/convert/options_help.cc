#include "converter/commands/convert/options_help.h"

namespace heapgrind {

const char kOptionsHelp[] =
    R"(Usage: memdump2callgrind [OPTION]... DUMP...
       heapgrind merge [OPTION]... DUMP...

Shows who owns a Python process's memory: reads the heap dump DUMP, which
heapgrind or Meliae wrote, plain or compressed with gzip or zstd, and writes a
call graph of memory for KCachegrind. With DUMP -, reads standard input. Several
processes stand side by side, each below a function process::PID, or are added
up.

  -o, --output=FILE       write FILE, whole or not at all, instead of standard
                            output (-: standard output, even if it is a
                            terminal); %p and %t stand for the dump's pid and time
                            (seconds since 1970), %% for %; of several dumps,
                            those of the lowest pid
      --by=path|type|object|site
                          a function for each place in the program's data (the
                            default), for each type, for each of the objects
                            that retain most, with its address, or for each
                            function that allocated objects, with its lines
      --top=N             with --by=object: how many objects (default 100)
      --focus=TEXT        show only what the objects whose function's name
                            contains TEXT retain together
      --ownership=modules|strict
                          modules (the default): a definition belongs to its
                            module, whoever else refers to it; strict: every
                            reference owns, which tells what would be freed
      --base=OLD          compare with the dump OLD, path by path: the events
                            After and Before, and by how many bytes rows have
                            Grown and Shrunk
      --merge=side|sum    several dumps side by side (the default), or the sum of
                            what has one path in each
      --min-percent=P     show what is smaller than P percent of the heap as
                            "small" (default 0.01)
      --max-functions=N   show at most N functions (default 20000)
      --events=LIST       more events, with commas: gc (bytes of GC headers),
                            slack (bytes of the allocator's rounding), virtual
                            (bytes asked for, whether they are there or not),
                            native (bytes of blocks that C code has allocated)
      --process           add what of the process's memory, resident or swapped
                            out, is in no object
      --source-prefix=OLD=NEW
                          the source files that were below OLD are below NEW;
                            may be repeated, the first that fits counts
      --threads=N         read with N threads (default: one for each core); the
                            result is the same
      --max-memory=SIZE   say so, and do nothing, if the dump would take more
                            (500M, 2G; default: what this process can get)
      --ascii             write other characters in names as <U+00E9>
      --verbose           say on standard error how the objects were reached,
                            how many bytes have a named owner, and how much of
                            what the allocators handed out the objects explain
      --help              show this text and exit
      --version           show the version and exit

Exit status: 0 done, 1 the dump or the machine is at fault, 2 the command line is.

Example:
  memdump2callgrind -o callgrind.out.%p dump.json
  kcachegrind callgrind.out.4711
)";

}  // namespace heapgrind
