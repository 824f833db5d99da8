#include "tests/converter/support/generated_heap.h"

#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heapgrind {
namespace {

using Address = uint64_t;
using Addresses = std::vector<Address>;

constexpr uint64_t kObjectsOfASession = 19;
constexpr uint64_t kSessionsOfAModule = 2000;

class Generator {
 public:
  explicit Generator(uint64_t num_objects) : num_objects_(num_objects) {
    heap_.text.reserve(140 * num_objects + 100000);
    heap_.begin.reserve(num_objects + 100000);
  }

  GeneratedHeap Generate() {
    const Address sys_modules = NewAddress(64);
    const Address frame = NewAddress(400);
    absl::StrAppend(
        &heap_.text,
        "{\"heapgrind\": 1, \"scanner\": \"0.1.0\", \"pid\": 4711}\n"
        "{\"root\": \"modules\", \"name\": \"sys.modules\", \"refs\": [",
        sys_modules,
        "]}\n{\"root\": \"thread\", \"name\": \"MainThread\", \"id\": 1, "
        "\"refs\": [",
        frame, "], \"names\": [\"frame\"]}\n");
    MakeConstants();
    Addresses items;
    for (uint64_t i = 0; i == 0 || heap_.begin.size() < num_objects_; ++i) {
      AppendModule(i, &items);
    }
    Line(sys_modules, "dict", 64, Pairs(items), items);
    Line(frame, "frame", 400,
         ", \"kind\": \"frame\", \"name\": \"run\", \"file\": "
         "\"/src/pkg0/mod0.py\", \"line\": 12",
         {items[1], none_}, ", \"names\": [\"self\", \"request\"]");
    heap_.end = heap_.text.size();
    absl::StrAppend(&heap_.text, "{\"end\": ", heap_.begin.size(),
                    ", \"size\": ", num_bytes_, "}\n");
    return std::move(heap_);
  }

 private:
  Address NewAddress(uint64_t size) {
    const Address address = next_address_;
    next_address_ += (size + 15) / 16 * 16;
    return address;
  }

  // Writes an object; `facts` go between size and refs, `names` behind them.
  void Line(Address address, std::string_view type, uint64_t size,
            const std::string& facts, const Addresses& refs,
            const char* names = "") {
    heap_.begin.push_back(heap_.text.size());
    heap_.num_references += refs.size();
    num_bytes_ += size;
    if (refs.empty()) ++heap_.num_leaves;
    absl::StrAppend(&heap_.text, "{\"address\": ", address, ", \"type\": \"",
                    absl::string_view(type.data(), type.size()),
                    "\", \"size\": ", size, facts, ", \"refs\": [",
                    absl::StrJoin(refs, ", "), "]", names, "}\n");
  }

  Address New(std::string_view type, uint64_t size, const std::string& facts,
              const Addresses& refs, const char* names = "") {
    const Address address = NewAddress(size);
    Line(address, type, size, facts, refs, names);
    return address;
  }

  Address NewText(const std::string& text) {
    return New(
        "str", 49 + text.size(),
        absl::StrCat(", \"len\": ", text.size(), ", \"value\": \"", text, "\""),
        {});
  }

  Address NewInt() {
    return New("int", 28, absl::StrCat(", \"value\": ", 1000 + random_()), {});
  }

  Address NewFloat() {
    return New("float", 24,
               absl::StrCat(", \"value\": ", random_() % 1000, ".5"), {});
  }

  static std::string Pairs(const Addresses& items) {
    return absl::StrCat(", \"gc\": 16, \"len\": ", items.size() / 2,
                        ", \"pairs\": ", items.size() / 2);
  }

  Address NewDict(const Addresses& items) {
    return New("dict", 64 + 24 * items.size(), Pairs(items), items);
  }

  void MakeConstants() {
    none_ = New("NoneType", 16, "", {});
    true_ = New("bool", 28, ", \"value\": \"True\"", {});
    for (const char* name : {"user", "email", "created", "token", "orders",
                             "place", "is_active", "language", "referrer"}) {
      names_.push_back(NewText(name));
    }
    heap_.num_shared += 2 + names_.size();
  }

  void AppendModule(uint64_t number, Addresses* sys_modules) {
    const std::string name =
        absl::StrCat("pkg", number / 8, ".mod", number % 8);
    const Address dict = NewAddress(1000);
    Addresses items;
    for (uint64_t i = 0; i < 5; ++i) AppendFunction(name, i, dict, &items);
    const Address session = AppendClass(name, "Session", &items);
    const Address order = AppendClass(name, "Order", &items);
    items.push_back(NewText("CACHE"));
    items.push_back(NewCache(session, order));
    Line(dict, "dict", 1000, Pairs(items), items);
    sys_modules->push_back(NewText(name));
    sys_modules->push_back(
        New("module", 72,
            absl::StrCat(", \"kind\": \"module\", \"name\": \"", name,
                         "\", \"file\": \"/src/", name, ".py\""),
            {dict}, ", \"names\": [\"__dict__\"]"));
    heap_.num_shared += 3;  // The namespace and the classes.
  }

  void AppendFunction(const std::string& module, uint64_t number,
                      Address globals, Addresses* items) {
    const std::string name = absl::StrCat("function", number);
    const Address code = New("code", 300,
                             absl::StrCat(", \"kind\": \"code\", \"name\": \"",
                                          name, "\", \"file\": \"/src/", module,
                                          ".py\", \"line\": ", 10 * number + 5),
                             {});
    items->push_back(NewText(name));
    items->push_back(New("function", 160,
                         absl::StrCat(", \"kind\": \"function\", \"name\": \"",
                                      name, "\", \"module\": \"", module, "\""),
                         {code, globals},
                         ", \"names\": [\"__code__\", \"__globals__\"]"));
  }

  Address AppendClass(const std::string& module, const char* name,
                      Addresses* items) {
    const Address dict = NewDict({names_[0], none_});
    items->push_back(NewText(name));
    items->push_back(New("type", 1064,
                         absl::StrCat(", \"kind\": \"class\", \"name\": \"",
                                      name, "\", \"module\": \"", module, "\""),
                         {dict}, ", \"names\": [\"__dict__\"]"));
    return items->back();
  }

  Address NewCache(Address session, Address order) {
    Addresses items;
    for (uint64_t i = 0; i < kSessionsOfAModule &&
                         heap_.begin.size() + kObjectsOfASession < num_objects_;
         ++i) {
      items.push_back(NewText(absl::StrCat("s-", random_())));
      items.push_back(NewSession(session, order));
    }
    return NewDict(items);
  }

  Address NewSession(Address session_class, Address order_class) {
    const Address session = NewAddress(48);
    Addresses orders;
    for (int i = 0; i < 3; ++i) {
      const bool refers_back = i == 0 && random_() % 10 < 7;
      if (refers_back) ++heap_.num_shared;
      orders.push_back(New(
          "Order", 56, ", \"gc\": 16",
          {order_class, names_[0], NewInt(), none_,
           refers_back ? session : true_},
          ", \"names\": [\"__class__\", \"kind\", \"sum\", \"by\", \"for\"]"));
    }
    const Address list = New("list", 80, ", \"gc\": 16, \"len\": 3", orders);
    const Address place =
        New("tuple", 72, ", \"gc\": 16, \"len\": 4",
            {NewFloat(), NewFloat(), NewText("Springfield"), NewText("EU")});
    const Address created =
        New("tuple", 56, ", \"gc\": 16, \"len\": 2", {place, none_});
    const Address user = NewText(absl::StrCat("user ", random_()));
    const Address email = NewText(absl::StrCat(random_(), "@a.org"));
    const Address token = NewInt();
    const Address dict =
        NewDict({names_[0], user, names_[1], email, names_[2], created,
                 names_[3], token, names_[4], list, names_[5], none_, names_[6],
                 true_, names_[7], names_[7], names_[8], none_});
    Line(session, "Session", 48, ", \"gc\": 16", {session_class, dict},
         ", \"names\": [\"__class__\", \"__dict__\"]");
    return session;
  }

  const uint64_t num_objects_;
  std::mt19937 random_{1};
  Address next_address_ = 140264121807088;
  uint64_t num_bytes_ = 0;  // Of all objects.
  GeneratedHeap heap_;
  Address none_ = 0;
  Address true_ = 0;
  Addresses names_;
};

}  // namespace

GeneratedHeap GenerateHeap(uint64_t num_objects) {
  return Generator(num_objects).Generate();
}

std::string ShuffledDump(const GeneratedHeap& heap) {
  std::vector<uint32_t> order(heap.begin.size());
  for (uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(1);
  for (size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[random() % i]);
  }
  std::string text = heap.text.substr(0, heap.begin[0]);
  text.reserve(heap.text.size());
  for (const uint32_t i : order) {
    const uint64_t end = i + 1 < order.size() ? heap.begin[i + 1] : heap.end;
    text.append(heap.text, heap.begin[i], end - heap.begin[i]);
  }
  return text.append(heap.text, heap.end);
}

}  // namespace heapgrind
