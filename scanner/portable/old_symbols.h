/* Binds the module to the C library's old symbols, so that it loads where the
   library is older than the one that it was built with.  Each source of the
   module gets this in front (-include, build_settings.py).

   glibc keeps a symbol for each time that a function moved or changed.  These
   moved, from libdl and libpthread into libc.so.6 (glibc's NEWS, 2.32 and
   2.34), and are the same functions: by their first versions every glibc has
   them.  glibc_version.py says what the module needs then. */

#ifndef HEAPGRIND_SCANNER_PORTABLE_OLD_SYMBOLS_H_
#define HEAPGRIND_SCANNER_PORTABLE_OLD_SYMBOLS_H_

/* No header of glibc may come before what a source defines for them. */
#if __has_include(<gnu/libc-version.h>) && defined(__x86_64__)

#define HG_OLD_SYMBOL(name, version) \
  __asm__(".symver " #name "," #name "@GLIBC_" #version)

HG_OLD_SYMBOL(dlclose, 2.2.5);
HG_OLD_SYMBOL(dlopen, 2.2.5);
HG_OLD_SYMBOL(dlsym, 2.2.5);
HG_OLD_SYMBOL(pthread_condattr_setclock, 2.3.3);
HG_OLD_SYMBOL(pthread_attr_setstacksize, 2.2.5);
HG_OLD_SYMBOL(pthread_create, 2.2.5);
HG_OLD_SYMBOL(pthread_join, 2.2.5);
HG_OLD_SYMBOL(pthread_sigmask, 2.2.5);
HG_OLD_SYMBOL(sem_destroy, 2.2.5);
HG_OLD_SYMBOL(sem_init, 2.2.5);
HG_OLD_SYMBOL(sem_post, 2.2.5);
HG_OLD_SYMBOL(sem_wait, 2.2.5);

#undef HG_OLD_SYMBOL

#endif

#endif /* HEAPGRIND_SCANNER_PORTABLE_OLD_SYMBOLS_H_ */
