"""Names what the operating system installed as Bazel repositories, linked statically.

WORKSPACE (Bazel 4 to 6) and MODULE.bazel (Bazel 7 and later) both use these
rules, so every BUILD file reads the same under either.
"""

# Label in the repository, as the library's own Bazel build has it, to the name
# of the pkg-config package that links it.
_LIBRARIES = {
    "absl": struct(
        apt_packages = "libabsl-dev",
        targets = {
            "//absl/container:flat_hash_map": "absl_flat_hash_map",
            "//absl/container:flat_hash_set": "absl_flat_hash_set",
            "//absl/functional:function_ref": "absl_function_ref",
            "//absl/hash:hash": "absl_hash",
            "//absl/status:status": "absl_status",
            "//absl/status:statusor": "absl_statusor",
            "//absl/strings:str_format": "absl_str_format",
            "//absl/strings:strings": "absl_strings",
            "//absl/types:span": "absl_span",
        },
    ),
    "benchmark": struct(
        apt_packages = "libbenchmark-dev",
        targets = {"//:benchmark": "benchmark"},
    ),
    "googletest": struct(
        apt_packages = "libgmock-dev libgtest-dev",
        targets = {"//:gtest": "gmock", "//:gtest_main": "gmock_main"},
    ),
    "igraph": struct(
        apt_packages = "libigraph-dev",
        is_dynamic = True,  # Its archive needs others that Debian has not.
        targets = {"//:igraph": "igraph"},
    ),
    "libedit": struct(
        apt_packages = "libedit-dev",
        targets = {"//:libedit": "libedit"},
    ),
    "yajl": struct(
        apt_packages = "libyajl-dev",
        targets = {"//:yajl": "yajl"},
    ),
    "zlib": struct(
        apt_packages = "zlib1g-dev",
        targets = {"//:zlib": "zlib"},
    ),
    "zstd": struct(
        apt_packages = "libzstd-dev",
        targets = {"//:zstd": "libzstd"},
    ),
}

def _link_options(repository_ctx, package, apt_packages, is_dynamic):
    static = [] if is_dynamic else ["--static"]
    result = repository_ctx.execute(["pkg-config", "--libs"] + static + [package])
    if result.return_code != 0:
        fail("pkg-config cannot find '{}'. Install it: sudo apt install pkg-config {}\n{}".format(
            package,
            apt_packages,
            result.stderr,
        ))
    options = [option for option in result.stdout.strip().split(" ") if option]
    return options if is_dynamic else [
        _as_archive(repository_ctx, option) if option.startswith("-l") else option
        for option in options
    ]

# Returns the option that links the archive (.a) of the library that `option`
# names, so that the program runs on machines that have only the C library.
# Where there is no archive, `option` itself; yajl's has a name of its own.
def _as_archive(repository_ctx, option):
    for name in ["lib{}.a", "lib{}_s.a"]:
        archive = name.format(option[len("-l"):])
        found = repository_ctx.execute(["gcc", "-print-file-name=" + archive])
        if "/" in found.stdout:
            return "-l:" + archive
    return option

def _system_library_impl(repository_ctx):
    library = _LIBRARIES[repository_ctx.attr.library]
    build_files = {}
    for label, package in library.targets.items():
        directory, name = label[len("//"):].split(":")
        build_files.setdefault(directory, []).append("""
cc_library(
    name = "{name}",
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
)
""".format(
            name = name,
            linkopts = _link_options(
                repository_ctx,
                package,
                library.apt_packages,
                getattr(library, "is_dynamic", False),
            ),
        ))
    for directory, rules in build_files.items():
        repository_ctx.file(
            directory + "/BUILD" if directory else "BUILD",
            'load("@rules_cc//cc:defs.bzl", "cc_library")\n' + "".join(rules),
        )

system_library = repository_rule(
    implementation = _system_library_impl,
    doc = "A library from the system's package manager, found with pkg-config.",
    attrs = {"library": attr.string(values = _LIBRARIES.keys(), mandatory = True)},
    environ = ["PKG_CONFIG_PATH"],
    local = True,
)

def _system_script_impl(repository_ctx):
    package = repository_ctx.attr.package
    files = {
        "script.js": "/usr/share/nodejs/{0}/dist/{0}.min.js".format(package),
        "licence": "/usr/share/doc/node-{}/copyright".format(package),
    }
    for name, path in files.items():
        if not repository_ctx.path(path).exists:
            fail("expected {0}. Install it: sudo apt install node-{1}".format(path, package))
        repository_ctx.symlink(path, name)
    repository_ctx.file("BUILD", """
exports_files(["licence"])

filegroup(
    name = "script",
    srcs = ["script.js"],
    visibility = ["//visibility:public"],
)
""")

system_script = repository_rule(
    implementation = _system_script_impl,
    doc = "A library of JavaScript as Debian packages it, with its licence.",
    attrs = {"package": attr.string(mandatory = True)},
    local = True,
)

def _native_rules_impl(repository_ctx):
    package = repository_ctx.attr.package
    repository_ctx.file(package + "/BUILD", "")
    repository_ctx.file(package + "/defs.bzl", "".join([
        'load("{}", _{} = "{}")\n'.format(file, name, name)
        for name, file in repository_ctx.attr.loads.items()
    ] + [
        "{0} = _{0}\n".format(name)
        for name in repository_ctx.attr.loads
    ] + [
        "{0} = native.{0}\n".format(name)
        for name in repository_ctx.attr.rules
    ]))

native_rules = repository_rule(
    implementation = _native_rules_impl,
    doc = "Bazel's built-in rules under the label of a rules repository, for " +
          "Bazel 4: Debian's rules_cc is too new for Debian's Bazel.",
    attrs = {
        "loads": attr.string_dict(doc = "Name to the .bzl file that defines it."),
        "package": attr.string(mandatory = True),
        "rules": attr.string_list(mandatory = True),
    },
)

# Prints the interpreter's own path (not that of a launcher such as pyenv's) and
# the folder of its headers; nothing for the latter if it has none.
_DESCRIBE_PYTHON = """
import os, sys, sysconfig
include = sysconfig.get_path("include")
print(sys.executable)
print(include if os.path.exists(os.path.join(include, "Python.h")) else "")
"""

def _find_python(repository_ctx):
    chosen = repository_ctx.os.environ.get("PYTHON")
    candidates = [chosen] if chosen else ["/usr/bin/python3", "python3"]
    for python in candidates:
        result = repository_ctx.execute([python, "-c", _DESCRIBE_PYTHON])
        interpreter, _, include = result.stdout.strip().partition("\n")
        if result.return_code == 0 and include:
            return interpreter, include
    fail(("expected Python.h beside one of: {}. Install it: sudo apt install python3-dev, " +
          "or choose a Python that has it: --repo_env=PYTHON=/path/to/python3").format(
        ", ".join(candidates),
    ))

def _local_python_impl(repository_ctx):
    interpreter, include = _find_python(repository_ctx)
    repository_ctx.symlink(include, "include")
    repository_ctx.file("BUILD", """
load("@rules_cc//cc:defs.bzl", "cc_library")
load("@rules_python//python:defs.bzl", "py_runtime", "py_runtime_pair")

cc_library(
    name = "headers",
    hdrs = glob(["include/**/*.h"]),
    includes = ["include"],
    visibility = ["//visibility:public"],
)

py_runtime(
    name = "py3_runtime",
    interpreter_path = "{interpreter}",
    python_version = "PY3",
    stub_shebang = "#!{interpreter}",
)

py_runtime_pair(
    name = "py_runtime_pair",
    py3_runtime = ":py3_runtime",
)

toolchain(
    name = "toolchain",
    toolchain = ":py_runtime_pair",
    toolchain_type = "@bazel_tools//tools/python:toolchain_type",
)
""".format(interpreter = interpreter))

local_python = repository_rule(
    implementation = _local_python_impl,
    doc = "A Python 3, the first with headers of $PYTHON or else /usr/bin/python3 and " +
          "python3 in PATH: its headers, and a toolchain that runs py_test with it.",
    environ = ["PYTHON", "PATH"],
    local = True,
)
