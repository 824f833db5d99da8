#include "tests/converter/support/random_dump.h"

#include <random>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heapgrind {
namespace {

using Address = uint64_t;

struct Object {
  Address address = 0;
  std::string type;
  uint64_t size = 0;
  std::string facts;  // ", "key": value" for kind, name, module and so on.
  std::string value;
  uint64_t refcount = 0;
  uint64_t num_pairs = 0;
  std::vector<Address> refs;
  std::vector<std::string> names;  // "" is null.
};

struct Root {
  std::string kind;
  std::string name;
  std::vector<Address> refs;
  std::vector<std::string> names;
};

std::string Quoted(const std::string& text) {
  return text.empty() ? "null" : absl::StrCat("\"", text, "\"");
}

std::string NamesField(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back(Quoted(name));
  return names.empty()
             ? ""
             : absl::StrCat(", \"names\": [", absl::StrJoin(quoted, ", "), "]");
}

class Maker {
 public:
  Maker(uint32_t seed, uint32_t num_objects)
      : random_(seed), num_objects_(num_objects) {}

  void Make() {
    objects_.reserve(2 * num_objects_ + 500);  // References stay valid.
    for (const char* text :
         {"data", "next", "config", "cache", "f", "C", "x"}) {
      strings_.push_back(AddText(text));
    }
    Object& sys_modules = Add("dict");
    roots_.push_back({"modules", "sys.modules", {sys_modules.address}, {}});
    for (const char* name : {"app", "app.models", "lib", "lib.core.deep"}) {
      if (!Chance(5)) AddModule(name, &sys_modules);
    }
    for (uint32_t i = Below(4); i > 0; --i) AddThread(i);
    while (objects_.size() < num_objects_) AddAny();
    for (uint32_t i = 0; i < num_objects_ / 10; ++i) AddStrayReference();
    roots_.push_back({"interpreter", "interpreter", {AnyAddress()}, {}});
  }

  std::vector<std::string> Lines() {
    std::vector<std::string> lines = {"{\"heapgrind\": 1, \"pid\": 4711}"};
    for (const Root& root : roots_) {
      lines.push_back(absl::StrCat(
          "{\"root\": \"", root.kind, "\", \"name\": ", Quoted(root.name),
          ", \"refs\": [", absl::StrJoin(root.refs, ", "), "]",
          NamesField(root.names), "}"));
    }
    for (const Object& object : objects_) {
      lines.push_back(
          absl::StrCat(Start(object), object.facts, Value(object),
                       object.refcount == 0
                           ? ""
                           : absl::StrCat(", \"refcount\": ", object.refcount),
                       object.num_pairs == 0
                           ? ""
                           : absl::StrCat(", \"pairs\": ", object.num_pairs),
                       Refs(object), NamesField(object.names), "}"));
      if (Chance(100)) lines.push_back(lines.back());
    }
    lines.push_back("{\"end\": 1, \"size\": 1}");
    return lines;
  }

  std::vector<std::string> MeliaeLines() const {
    std::vector<std::string> lines;
    for (const Object& object : objects_) {
      const size_t name = object.facts.find(", \"name\"");
      lines.push_back(
          absl::StrCat(Start(object),
                       name == std::string::npos
                           ? ""
                           : object.facts.substr(
                                 name, object.facts.find(',', name + 1) - name),
                       Value(object), Refs(object), "}"));
    }
    return lines;
  }

 private:
  static std::string Start(const Object& object) {
    return absl::StrCat("{\"address\": ", object.address, ", \"type\": \"",
                        object.type, "\", \"size\": ", object.size);
  }
  static std::string Value(const Object& object) {
    return object.value.empty() ? ""
                                : absl::StrCat(", \"value\": ", object.value);
  }
  static std::string Refs(const Object& object) {
    return absl::StrCat(", \"refs\": [", absl::StrJoin(object.refs, ", "), "]");
  }

  uint32_t Below(uint32_t limit) { return random_() % limit; }
  bool Chance(uint32_t one_in) { return Below(one_in) == 0; }
  Object& AnyObject() { return objects_[Below(objects_.size())]; }

  Address AnyAddress() {
    if (Chance(40)) return 8;  // Absent.
    // Young objects more often: trees grow, and few objects are shared.
    const uint32_t size = static_cast<uint32_t>(objects_.size());
    return objects_[Chance(2) ? Below(size) : size - 1 - Below(size / 8 + 1)]
        .address;
  }

  Object& Add(const std::string& type) {
    Object object;
    do {
      object.address = 4096 + 8 * Below(100000000);
    } while (!addresses_.insert(object.address).second);
    object.type = type;
    object.size = Chance(20) ? 0 : 16 + 8 * Below(20);
    objects_.push_back(object);
    return objects_.back();
  }

  Address AddText(const std::string& text) {
    Object& object = Add("str");
    object.value = absl::StrCat("\"", text, "\"");
    return object.address;
  }

  static void AppendPair(Object* dict, Address key, Address value) {
    dict->refs.insert(dict->refs.begin() + 2 * dict->num_pairs, {key, value});
    ++dict->num_pairs;
  }

  static void AppendNamed(Object* object, const std::string& name,
                          Address target) {
    object->names.push_back(name);
    object->refs.push_back(target);
  }

  void AddModule(const std::string& name, Object* sys_modules) {
    Object& dict = Add("dict");
    Object& module = Add("module");
    module.facts = absl::StrCat(", \"kind\": \"module\", \"name\": \"", name,
                                "\", \"file\": \"/src/", name, ".py\"");
    AppendNamed(&module, "__dict__", dict.address);
    AppendPair(sys_modules, AddText(name), module.address);
    if (Chance(3)) {
      AppendPair(sys_modules, AddText(name + "_alias"), module.address);
    }
    for (uint32_t i = 0; i < 3; ++i) {
      AddClass(name, absl::StrCat("C", i), &dict);
      AddFunction(name, "f", i, &dict, &dict);
    }
  }

  void AddClass(const std::string& module, const std::string& name,
                Object* dict) {
    Object& own_dict = Add("dict");
    Object& result = Add("type");
    result.facts =
        absl::StrCat(", \"kind\": \"class\", \"name\": \"", name,
                     "\", \"module\": \"", module, "\", \"line\": ", Below(99));
    AppendNamed(&result, "__dict__", own_dict.address);
    AppendNamed(&result, "__bases__", AnyAddress());
    if (!Chance(8)) AppendPair(dict, AddText(name), result.address);
    AddFunction(module, name + ".method", Below(9), &own_dict, dict);
    classes_.push_back(result.address);
  }

  // `prefix` may be "C0.method"; the name is what follows its last dot.
  void AddFunction(const std::string& module, const std::string& prefix,
                   uint32_t number, Object* holder, Object* globals) {
    const std::string qualname = absl::StrCat(prefix, number);
    const std::string name = qualname.substr(qualname.rfind('.') + 1);
    Object& code = Add("code");
    code.facts = absl::StrCat(", \"kind\": \"code\", \"name\": \"", name,
                              "\", \"file\": \"/src/", module,
                              ".py\", \"line\": ", 1 + Below(99));
    Object& function = Add("function");
    function.facts = absl::StrCat(", \"kind\": \"function\", \"name\": \"",
                                  name, "\", \"qualname\": \"", qualname,
                                  "\", \"module\": \"", module, "\"");
    AppendNamed(&function, "__code__", code.address);
    AppendNamed(&function, "__globals__", globals->address);
    if (Chance(3)) AppendNamed(&function, "__closure__", AnyAddress());
    const Address wrapper = Chance(4) ? AddWrapper(function.address) : 0;
    AppendPair(holder, AddText(name),
               wrapper != 0 ? wrapper : function.address);
  }

  Address AddWrapper(Address function) {
    Object& wrapper = Add("property");
    AppendNamed(&wrapper, "fget", function);
    return wrapper.address;
  }

  void AddThread(uint32_t number) {
    Root root = {"thread", absl::StrCat("Thread-", number % 2), {}, {}};
    Object* above = nullptr;
    for (uint32_t depth = 1 + Below(4); depth > 0; --depth) {
      Object& frame = Add("frame");
      frame.facts = absl::StrCat(
          ", \"kind\": \"frame\", \"name\": \"run", Below(2),
          "\", \"file\": \"/src/app.py\", \"line\": ", 1 + Below(3));
      AppendNamed(&frame, "f_globals", AnyAddress());
      AppendNamed(&frame, "self", AnyAddress());
      AppendNamed(&frame, "rows", AddText("row"));
      if (above != nullptr) AppendNamed(above, "called", frame.address);
      if (above == nullptr) root.refs.push_back(frame.address);
      above = &frame;
    }
    root.names.push_back("frame");
    roots_.push_back(root);
  }

  // An object that an older one holds, or that nothing does.
  void AddAny() {
    const uint32_t owner = Below(static_cast<uint32_t>(objects_.size()));
    Object& object = AddOfSomeType();
    if (Chance(12)) {
      object.refcount = 1 + Below(4);
      if (Chance(2)) AppendRef(&object, object.address);
    } else {
      AppendRef(&objects_[owner], object.address);
    }
  }

  Object& AddOfSomeType() {
    static constexpr const char* kTypes[] = {"dict", "list",    "tuple", "set",
                                             "Node", "Session", "int",   "str"};
    const std::string type = kTypes[Below(8)];
    Object& object = Add(type);
    if (type == "int") object.value = absl::StrCat(Below(400));
    if (type == "str") object.value = absl::StrCat("\"s", Below(40), "\"");
    if (type == "Node" && !classes_.empty()) {
      AppendNamed(&object, "__class__", classes_[Below(classes_.size())]);
    }
    if (type == "Session") {
      AppendNamed(&object, "__dict__", Add("dict").address);
    }
    return object;
  }

  void AddStrayReference() { AppendRef(&AnyObject(), AnyAddress()); }

  // Gives `object` a reference as an object of its type would have it.
  void AppendRef(Object* object, Address target) {
    if (object->type == "dict") {
      AppendPair(object, strings_[Below(strings_.size())], target);
    } else if (object->type == "Node" || object->type == "frame") {
      AppendNamed(object, Chance(2) ? "next" : "data", target);
    } else if (object->type == "Session" && !Chance(3)) {
      for (Object& dict : objects_) {
        if (dict.address == object->refs[0]) AppendRef(&dict, target);
      }
    } else {
      object->refs.push_back(target);
    }
  }

  std::mt19937 random_;
  const uint32_t num_objects_;
  std::vector<Object> objects_;
  std::vector<Root> roots_;
  std::set<Address> addresses_;
  std::vector<Address> strings_;
  std::vector<Address> classes_;
};

}  // namespace

std::vector<std::string> RandomDump(uint32_t seed, uint32_t num_objects) {
  Maker maker(seed, num_objects);
  maker.Make();
  return maker.Lines();
}

std::vector<std::string> RandomMeliaeDump(uint32_t seed, uint32_t num_objects) {
  Maker maker(seed, num_objects);
  maker.Make();
  return maker.MeliaeLines();
}

std::vector<std::string> Shuffled(std::vector<std::string> lines,
                                  uint32_t seed) {
  std::mt19937 random(seed);
  // Fisher and Yates; std::shuffle differs between libraries.
  const auto shuffle = [&random, &lines](size_t begin, size_t end) {
    for (size_t i = end; i > begin + 1; --i) {
      std::swap(lines[i - 1], lines[begin + random() % (i - begin)]);
    }
  };
  size_t begin = 0;
  size_t end = lines.size();
  if (absl::StartsWith(lines[0], "{\"heapgrind\"")) {
    begin = 1;
    while (absl::StartsWith(lines[begin], "{\"root\"")) ++begin;
    --end;
    shuffle(1, begin);
  }
  shuffle(begin, end);
  return lines;
}

}  // namespace heapgrind
