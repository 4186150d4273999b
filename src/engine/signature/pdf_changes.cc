// New objects show nothing by themselves; what redefines an old one decides. Each kind of object
// has the keys that a signature may change in it.
#include "engine/signature/pdf_changes.h"

#include <algorithm>
#include <set>
#include <string>

#include "engine/signature/pdf_objects.h"

namespace khien::signature {
namespace {

using Keys = std::set<std::string>;

std::string value(const Dict& dict, const char* key) {
  const auto at = dict.find(key);
  return at == dict.end() ? "" : at->second;
}

// Keys whose values differ.
Keys differing(const Dict& a, const Dict& b) {
  Keys out;
  for (const auto& [key, text] : a) {
    if (value(b, key.c_str()) != text) out.insert(key);
  }
  for (const auto& [key, text] : b) {
    if (!a.contains(key)) out.insert(key);
  }
  return out;
}

bool only(const Keys& keys, std::initializer_list<const char*> allowed) {
  return std::all_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const char* a) { return key == a; });
  });
}

class Revisions {
 public:
  Revisions(std::string_view pdf, std::size_t end) {
    old_.add(pdf.substr(0, end));
    new_.add(pdf.substr(end));
  }

  Change judge() {
    if (!old_.whole() || !new_.whole() || new_.all().empty()) return Change::unknown;
    Change out = Change::none;
    for (const auto& [number, object] : new_.all()) {
      const std::string_view* before = old_.find(number);
      out = std::max(out, before == nullptr ? fresh(object) : redefined(*before, object));
    }
    return out;
  }

 private:
  // A new object by itself only tells what the update was for.
  static Change fresh(std::string_view object) {
    const Dict d = dict_of(object);
    const bool signature = value(d, "/FT") == "/Sig" || value(d, "/Type") == "/Sig" ||
                           value(d, "/Type") == "/DocTimeStamp" || d.contains("/ByteRange");
    return signature ? Change::signing : Change::evidence;
  }

  Change redefined(std::string_view before, std::string_view after) const {
    if (squeezed(before) == squeezed(after)) return Change::none;
    const Dict a = dict_of(before);
    const Dict b = dict_of(after);
    const std::string type = value(b, "/Type");
    if (type == "/XRef" || type == "/ObjStm" || type == "/Metadata") return Change::evidence;
    if (a.empty() && b.empty()) return arrays(squeezed(before), squeezed(after));
    const Keys keys = differing(a, b);
    // The same dictionary in another order, or before other bytes of a stream.
    if (keys.empty() && !a.empty()) {
      return after.find("stream") == after.npos ? Change::none : Change::changed;
    }
    if (type == "/Catalog") return catalog(a, b, keys);
    if (type == "/Page") return page(a, b, keys);
    if (type == "/StructTreeRoot" || type == "/StructElem" || b.contains("/Nums")) {
      return Change::signing;
    }
    if (type == "/DSS" || type == "/VRI" || b.contains("/VRI")) return Change::evidence;
    if (only(keys, {"/ModDate", "/Producer", "/CreationDate"})) return Change::evidence;
    if (b.contains("/Fields")) return form(keys);
    return field(a, b, keys);
  }

  Change catalog(const Dict& a, const Dict& b, const Keys& keys) const {
    if (!only(keys, {"/AcroForm", "/DSS", "/Perms", "/Extensions", "/Version", "/Metadata",
                     "/StructTreeRoot", "/MarkInfo"})) {
      return Change::changed;
    }
    if (!keys.contains("/AcroForm")) return Change::evidence;
    const std::string before = value(a, "/AcroForm");
    const std::string after = value(b, "/AcroForm");
    if (before.empty() || !before.starts_with("<<") || !after.starts_with("<<")) {
      return Change::signing;  // a form that is an object of its own is looked at there
    }
    return form(differing(dict_of(before), dict_of(after)));
  }

  static Change form(const Keys& keys) {
    return only(keys, {"/Fields", "/SigFlags", "/DR", "/DA", "/NeedAppearances"})
               ? Change::signing
               : Change::changed;
  }

  Change page(const Dict& a, const Dict& b, const Keys& keys) const {
    if (!only(keys, {"/Annots", "/Tabs", "/LastModified", "/StructParents"})) {
      return Change::changed;
    }
    return keys.contains("/Annots") ? arrays(list(value(a, "/Annots")), list(value(b, "/Annots")))
                                    : Change::evidence;
  }

  // A list of annotations that is an object of its own.
  std::string list(const std::string& written) const {
    const std::vector<int> numbers = references(written);
    if (written.starts_with('[') || numbers.size() != 1) return written;
    const std::string_view* object = new_.find(numbers.front());
    if (object == nullptr) object = old_.find(numbers.front());
    return object == nullptr ? written : squeezed(*object);
  }

  // Lists of references: what came in must be fields of signatures, nothing may go.
  Change arrays(const std::string& before, const std::string& after) const {
    const std::vector<int> old_numbers = references(before);
    const std::vector<int> numbers = references(after);
    const auto has = [](const std::vector<int>& all, int one) {
      return std::find(all.begin(), all.end(), one) != all.end();
    };
    if (!after.starts_with('[') || (!before.empty() && !before.starts_with('['))) {
      return Change::changed;
    }
    for (const int one : old_numbers) {
      if (!has(numbers, one)) return Change::changed;
    }
    Change out = Change::signing;
    for (const int one : numbers) {
      if (has(old_numbers, one)) continue;
      const std::string_view* object = new_.find(one);
      if (object == nullptr) return Change::changed;
      const Dict d = dict_of(*object);
      const bool widget = value(d, "/Subtype") == "/Widget" || value(d, "/FT") == "/Sig";
      const bool annotation = d.contains("/Subtype") && d.contains("/Rect");
      if (!widget && !annotation) return Change::changed;
      if (!signs(d)) out = std::max(out, widget ? Change::form : Change::notes);
    }
    return out;
  }

  [[nodiscard]] bool signs(const Dict& d) const {
    if (value(d, "/FT") == "/Sig") return true;
    for (const int parent : references(value(d, "/Parent"))) {
      const std::string_view* object = new_.find(parent);
      if (object == nullptr) object = old_.find(parent);
      if (object != nullptr && value(dict_of(*object), "/FT") == "/Sig") return true;
    }
    return false;
  }

  Change field(const Dict& a, const Dict& b, const Keys& keys) const {
    const bool is_field = b.contains("/FT") || value(b, "/Subtype") == "/Widget";
    if (!is_field) return Change::changed;
    if (!only(keys, {"/V", "/AP", "/AS", "/M", "/MK", "/DA", "/F", "/Lock", "/DV", "/Rect"})) {
      return Change::changed;
    }
    if (!signs(b)) return keys.contains("/Rect") ? Change::changed : Change::form;
    // A signature that was there may not become another.
    const bool replaced = a.contains("/V") && keys.contains("/V");
    return replaced ? Change::changed : Change::signing;
  }

  Objects old_, new_;
};

}  // namespace

const char* name_of(Change change) {
  constexpr const char* kNames[] = {"none", "evidence", "signing", "form",
                                    "notes", "changed", "unknown"};
  return kNames[static_cast<std::size_t>(change)];
}

Change changes_after(std::string_view pdf, std::size_t end) {
  end = std::min(end, pdf.size());
  const std::string_view rest = pdf.substr(end);
  if (rest.find_first_not_of(std::string_view(" \r\n\t\f\0", 6)) == std::string_view::npos) {
    return Change::none;
  }
  return Revisions(pdf, end).judge();
}

}  // namespace khien::signature
