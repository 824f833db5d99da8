#include "tests/converter/support/random_heap.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

using Address = uint64_t;
using Object = RandomObject;
using Root = RandomRoot;

class Maker {
 public:
  Maker(uint32_t num_objects, std::mt19937* random)
      : num_objects_(num_objects), random_(*random) {}

  RandomHeap Make() {
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
    return {std::move(objects_), std::move(roots_)};
  }

 private:
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

  const uint32_t num_objects_;
  std::mt19937& random_;
  std::vector<Object> objects_;
  std::vector<Root> roots_;
  std::set<Address> addresses_;
  std::vector<Address> strings_;
  std::vector<Address> classes_;
};

}  // namespace

RandomHeap MakeRandomHeap(uint32_t num_objects, std::mt19937* random) {
  return Maker(num_objects, random).Make();
}

}  // namespace heapgrind
