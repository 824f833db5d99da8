#include "converter/commands/walk/place_names.h"

#include <algorithm>

#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/key_text.h"
#include "converter/commands/walk/root_paths.h"

namespace heapgrind {
namespace {

// What is further from its top than that tells nobody where it is.
constexpr size_t kMaxSteps = 20;

}  // namespace

std::string PlaceNames::Of(Place place) {
  std::vector<Place> passed;
  std::vector<std::string> steps;  // The last one first.
  std::string name;
  while (!IsTop(place, &name)) {
    const bool is_again =
        std::find(passed.begin(), passed.end(), place) != passed.end();
    std::string step;
    Place holder = kNoPlace;
    if (!is_again && steps.size() < kMaxSteps) {
      holder = Holder(place, passed, &step);
    }
    if (holder == kNoPlace) {
      name = AddressText(heap_, place);
      break;
    }
    passed.push_back(place);
    steps.push_back(step);
    place = holder;
  }
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) name += *step;
  return name;
}

// Whether a name begins with this place.
bool PlaceNames::IsTop(Place place, std::string* name) const {
  if (!heap_.IsObject(place)) {
    *name = heap_.AnchorName(place);
    return true;
  }
  const StringId module = heap_.ModuleName(place);
  *name = heap_.graph().strings.Text(module);
  return module != kNoString;
}

// The place from which one step leads to `place`, or kNoPlace.
Place PlaceNames::Holder(Place place, const std::vector<Place>& passed,
                         std::string* step) {
  const Place owner = heap_.Owner(place);
  // The names from main and from what is unreachable need no step.
  const bool is_root = owner != kNoPlace && !heap_.IsObject(owner) &&
                       owner >= heap_.ownership().root(0) &&
                       owner < heap_.ownership().held();
  if (owner != kNoPlace && (is_root || heap_.IsObject(owner))) {
    *step = NameBetween(heap_, owner, place);
    if (!step->empty()) return owner;
  }
  const Place namer = heap_.Namer(place);
  const bool is_useful =
      namer != kNoPlace &&
      std::find(passed.begin(), passed.end(), namer) == passed.end();
  return is_useful ? StepFrom(namer, place, step) : NearestHolder(place, step);
}

Place PlaceNames::NearestHolder(Place place, std::string* step) {
  FindNearest();
  if (nearest_[place] != kNoPlace)
    return StepFrom(nearest_[place], place, step);
  const size_t root = RootOf(heap_.graph(), place);
  if (root == heap_.graph().roots.size()) return kNoPlace;
  return StepFrom(heap_.ownership().root(static_cast<NodeId>(root)), place,
                  step);
}

// `holder`, or the owner of the __dict__ that it is: an attribute is one of the
// owner, a key of the __dict__.
Place PlaceNames::StepFrom(Place holder, Place place, std::string* step) {
  if (heap_.IsObject(holder) && heap_.IsDict(holder)) {
    FindNearest();
    const Place owner = nearest_[holder];
    if (owner != kNoPlace && heap_.DictOf(owner) == holder) {
      *step = NameBetween(heap_, owner, place);
      if (!step->empty()) return owner;
    }
  }
  *step = NameBetween(heap_, holder, place);
  return holder;
}

void PlaceNames::FindNearest() {
  if (nearest_.empty()) nearest_ = NearestReferrers(heap_.graph());
}

}  // namespace heapgrind
