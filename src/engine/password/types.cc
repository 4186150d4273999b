#include "engine/password/types.h"

#include <openssl/crypto.h>

namespace khien::password {

const char* to_string(Class c) {
  switch (c) {
    case Class::empty: return "empty";
    case Class::default_word: return "default";
    case Class::phone: return "phone";
    case Class::name: return "name";
    case Class::leaked: return "leaked";
    case Class::dictionary: return "dictionary";
    case Class::reused: return "reused";
    case Class::none: return "none";
  }
  return "none";
}

void wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

void wipe(std::vector<Word>& words) {
  for (Word& word : words) wipe(word.text);
  words.clear();
}

}  // namespace khien::password
