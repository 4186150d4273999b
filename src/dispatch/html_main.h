// Where the main text of a page stands: the smallest element that holds nearly all text outside
// links, menus, forms and footers.
#pragma once

#include <string>

#include <gumbo.h>

namespace khien {

[[nodiscard]] bool is_element(const GumboNode* node);
[[nodiscard]] std::string html_attribute(const GumboNode* element, const char* name);
// No part of the text a person came to read: scripts, menus, forms, hidden elements.
[[nodiscard]] bool is_chrome(const GumboNode* element);
[[nodiscard]] const GumboNode* find_main(const GumboNode* root);

}  // namespace khien
