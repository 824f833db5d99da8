// Which values of a dump the names and owners in its profile are made of.
//
// They are those that the heap graph keeps (HeapGraph::text): what keys of
// mappings say, what is called `__like_this__`, definitions without another
// name, and all texts of up to four bytes.  Keys are known once all mappings
// are, and what they call once all keys are, so the dump is read twice before
// anything can be said.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_NEEDED_VALUES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_NEEDED_VALUES_H_

#include "converter/commands/strip/address_set.h"
#include "converter/dump/dump_record.h"

namespace heapgrind {

class NeededValues {
 public:
  // Take each record of the dump: all by the first, then all by the second.
  void SeeNames(const DumpRecord& record);
  void SeeKeys(const DumpRecord& record);

  // Whether the profile may change if an object loses its value, or gets a
  // shorter one of more than four bytes.  An object without a value needs none.
  bool Needs(const DumpRecord& record) const;

 private:
  AddressSet needed_;    // Keys, and what has a special name.
  AddressSet specials_;  // What is itself called `__like_this__`.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_NEEDED_VALUES_H_
