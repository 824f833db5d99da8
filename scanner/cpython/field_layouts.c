/* Which fields C types have that hold references without telling their names.

   Layouts of 2.7 and 3.6 to 3.15: those of the standard library's modules, in
   Modules (_csv.c, _functoolsmodule.c, _io, _operator.c, itertoolsmodule.c,
   ...) and of the built-in types, in Objects.  Where Python code can reach a
   field, it is called as there; else by its name in C. */

#include "field_layouts.h"

#include "internal.h"

typedef struct {
  const char *type;   /* tp_name. */
  const char *fields; /* After the head; tokens as in field_layouts.h. */
} type_fields;

#define ITERATOR_FIELDS "p\0it_seq\0"
#define DICT_ITERATOR_FIELDS "di_dict\0p\0p\0di_result\0"
#define ODICT_ITERATOR_FIELDS "i\0di_odict\0p\0p\0di_current\0di_result\0"
#define DEQUE_ITERATOR_FIELDS "p\0p\0deque\0"

static const type_fields kTypeFields[] = {
    {"BaseException", EXCEPTION_FIELDS},
    {"_asyncio.Future", FUTURE_FIELDS},
    {"_asyncio.Task", TASK_FIELDS},
    {"_asyncio.FutureIter", "future\0"},
    {"TaskStepMethWrapper", "task\0argument\0"},
    {"TaskWakeupMethWrapper", "task\0"},
    {"async_generator", ASYNC_GENERATOR_FIELDS},
    {"async_generator_asend", "ags_gen\0ags_sendval\0"},
    {"async_generator_athrow", "agt_gen\0agt_args\0"},
    {"coroutine_wrapper", "cw_coroutine\0"},
    {"functools._lru_cache_wrapper", LRU_CACHE_FIELDS},
    {"decimal.Context", "p\0p\0p\0i\0i\0i\0i\0i\0i\0traps\0flags\0"},
    {"functools._lru_list_elem", "p\0p\0p\0key\0result\0"},
    {"functools.KeyWrapper", "cmp\0"},
    {"_thread._local", LOCAL_FIELDS},
    {"_io.TextIOWrapper", TEXT_FIELDS},
    {"_io.BufferedRWPair", "reader\0writer\0"},
    {"_io.IncrementalNewlineDecoder", "decoder\0errors\0"},
    {"operator.itemgetter", "p\0item\0"},
    {"operator.attrgetter", "p\0attr\0"},
    {"operator.methodcaller", "name\0args\0kwargs\0"},
    {"method-wrapper", "descr\0"},
    {"property", "p\0p\0p\0p\0__name__\0"},
    {"FrameLocalsProxy", "frame\0"},
    {"lazy_import", "lz_builtins\0lz_from\0lz_attr\0lz_code\0"},
    {"sentinel", "p\0p\0repr\0"},
    {"string.templatelib.TemplateIter", "stringsiter\0interpolationsiter\0"},
    {"typing.Union", "p\0hashable_args\0unhashable_args\0__parameters__\0"},
    {"types.UnionType", "p\0__parameters__\0"},
    {"unicodedata.GraphemeBreakIterator", "string\0"},
    {"unicodedata.Segment", "string\0"},
    {"builtin_method", "p\0p\0p\0p\0p\0mm_class\0"},
    {"types.GenericAlias", "p\0p\0__parameters__\0"},
    {"mappingproxy", "mapping\0"},
    {"dict_keys", "mapping\0"},
    {"dict_values", "mapping\0"},
    {"dict_items", "mapping\0"},
    {"odict_keys", "mapping\0"},
    {"odict_values", "mapping\0"},
    {"odict_items", "mapping\0"},
    {"memoryview", "p\0managedbuffer\0"},
    {"managedbuffer", "i\0p\0p\0obj\0"},
    {"list_iterator", ITERATOR_FIELDS},
    {"list_reverseiterator", ITERATOR_FIELDS},
    {"tuple_iterator", ITERATOR_FIELDS},
    {"str_iterator", ITERATOR_FIELDS},
    {"str_ascii_iterator", ITERATOR_FIELDS},
    {"bytes_iterator", ITERATOR_FIELDS},
    {"bytearray_iterator", ITERATOR_FIELDS},
    {"array.arrayiterator", "p\0ao\0"},
    {"iterator", ITERATOR_FIELDS},
    {"reversed", "p\0seq\0"},
    {"callable_iterator", "it_callable\0it_sentinel\0"},
    {"set_iterator", "si_set\0"},
    {"dict_keyiterator", DICT_ITERATOR_FIELDS},
    {"dict_valueiterator", DICT_ITERATOR_FIELDS},
    {"dict_itemiterator", DICT_ITERATOR_FIELDS},
    {"dict_reversekeyiterator", DICT_ITERATOR_FIELDS},
    {"dict_reversevalueiterator", DICT_ITERATOR_FIELDS},
    {"dict_reverseitemiterator", DICT_ITERATOR_FIELDS},
    {"odict_iterator", ODICT_ITERATOR_FIELDS},
    {"_collections._deque_iterator", DEQUE_ITERATOR_FIELDS},
    {"_collections._deque_reverse_iterator", DEQUE_ITERATOR_FIELDS},
    {"collections._deque_iterator", DEQUE_ITERATOR_FIELDS},
    {"collections._deque_reverse_iterator", DEQUE_ITERATOR_FIELDS},
    {"enumerate", "p\0en_sit\0en_result\0en_longindex\0"},
    {"zip", "p\0ittuple\0result\0"},
    {"map", "iters\0func\0"},
    {"filter", "func\0it\0"},
    {"itertools.accumulate", "total\0it\0binop\0initial\0"},
    {"itertools.batched", "it\0"},
    {"itertools.chain", "source\0active\0"},
    {"itertools.combinations", "pool\0p\0result\0"},
    {"itertools.combinations_with_replacement", "pool\0p\0result\0"},
    {"itertools.compress", "data\0selectors\0"},
    {"itertools.count", "p\0long_cnt\0long_step\0"},
    {"itertools.cycle", "it\0saved\0"},
    {"itertools.dropwhile", "func\0it\0"},
    {"itertools.filterfalse", "func\0it\0"},
    {"itertools.groupby", "it\0keyfunc\0tgtkey\0currkey\0currvalue\0"},
    {"itertools._grouper", "parent\0tgtkey\0"},
    {"itertools.islice", "it\0"},
    {"itertools.pairwise", "it\0old\0result\0"},
    {"itertools.permutations", "pool\0p\0p\0result\0"},
    {"itertools.product", "pools\0p\0result\0"},
    {"itertools.repeat", "element\0"},
    {"itertools.starmap", "func\0it\0"},
    {"itertools.takewhile", "func\0it\0"},
    {"itertools._tee", "dataobj\0"},
    {"itertools._tee_dataobject", "it\0i\0i\0nextlink\0"},
    {"itertools.zip_longest", "p\0p\0ittuple\0result\0fillvalue\0"},
    {"_csv.reader", "input_iter\0dialect\0fields\0"},
    {"_csv.writer", "write\0"},
    {"_abc._abc_data", "registry\0cache\0negative_cache\0"},
    {"xml.etree.ElementTree.Element", "tag\0text\0tail\0"},
#if PY_VERSION_HEX >= 0x030a0000
    {"weakref.ProxyType", "p\0__callback__\0"},
    {"weakref.CallableProxyType", "p\0__callback__\0"},
    {"_contextvars.Context", "ctx_prev\0ctx_vars\0"},
    {"_contextvars.ContextVar", "name\0default\0"},
    {"_contextvars.Token", "context\0var\0old_value\0"},
    {"hamt", "h_root\0"},
    {"re.Pattern", "p\0p\0groupindex\0indexgroup\0"},
    {"typing.TypeVar",
     "p\0__bound__\0evaluate_bound\0__constraints__\0evaluate_constraints\0__"
     "default__\0evaluate_default\0"},
    {"typing.TypeAliasType", TYPE_ALIAS_FIELDS},
#else
    {"weakproxy", "p\0__callback__\0"},
    {"weakcallableproxy", "p\0__callback__\0"},
    {"Context", "ctx_prev\0ctx_vars\0"},
    {"ContextVar", "name\0default\0"},
    {"Token", "context\0var\0old_value\0"},
    {"hamt", "h_root\0"},
#endif
#if PY_VERSION_HEX < 0x03000000
    {"exceptions.BaseException", EXCEPTION_FIELDS},
    {"thread._local", LOCAL_FIELDS},
    {"weakref", "p\0__callback__\0"},
    {"dictproxy", "mapping\0"},
    {"classobj", "__bases__\0__dict__\0__name__\0"},
    {"instance", "__class__\0__dict__\0"},
    {"listiterator", ITERATOR_FIELDS},
    {"listreverseiterator", ITERATOR_FIELDS},
    {"tupleiterator", ITERATOR_FIELDS},
    {"callable-iterator", "it_callable\0it_sentinel\0"},
    {"setiterator", "si_set\0"},
    {"dictionary-keyiterator", DICT_ITERATOR_FIELDS},
    {"dictionary-valueiterator", DICT_ITERATOR_FIELDS},
    {"dictionary-itemiterator", DICT_ITERATOR_FIELDS},
    {"deque_iterator", DEQUE_ITERATOR_FIELDS},
    {"itertools.imap", "iters\0func\0"},
    {"itertools.izip", "p\0ittuple\0result\0"},
    {"itertools.izip_longest", "p\0p\0ittuple\0result\0fillvalue\0"},
    {"itertools.ifilter", "func\0it\0"},
    {"itertools.ifilterfalse", "func\0it\0"},
    {"itertools.tee", "dataobj\0"},
    {"itertools.tee_dataobject", "it\0i\0nextlink\0"},
#endif
};

const char *hg_type_fields(PyTypeObject *type) {
  const size_t count = sizeof kTypeFields / sizeof kTypeFields[0];
  for (; type != NULL; type = type->tp_base) {
    if (!hg_is_interpreters_type(type)) continue;
    for (size_t i = 0; i < count; ++i) {
      if (strcmp(type->tp_name, kTypeFields[i].type) == 0) {
        return kTypeFields[i].fields;
      }
    }
  }
  return NULL;
}
