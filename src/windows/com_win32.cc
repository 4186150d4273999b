// IDispatch::Invoke with its arguments turned round, as it wants them.
#include "windows/com.h"

#include <cmath>

namespace khien::windows {

Variant::Variant(std::string_view text) {
  VariantInit(&raw_);
  raw_.vt = VT_BSTR;
  raw_.bstrVal = SysAllocString(wide(text).c_str());
}
Variant::Variant(std::int32_t number) {
  VariantInit(&raw_);
  raw_.vt = VT_I4;
  raw_.lVal = number;
}
Variant::Variant(bool flag) {
  VariantInit(&raw_);
  raw_.vt = VT_BOOL;
  raw_.boolVal = flag ? VARIANT_TRUE : VARIANT_FALSE;
}

std::string Variant::text() const {
  if (raw_.vt != VT_BSTR || raw_.bstrVal == nullptr) return "";
  return utf8({raw_.bstrVal, SysStringLen(raw_.bstrVal)});
}

std::optional<std::int64_t> Variant::number() const {
  switch (raw_.vt) {
    case VT_I4:
    case VT_INT: return raw_.lVal;
    case VT_UI4:
    case VT_UINT: return raw_.ulVal;
    case VT_I2: return raw_.iVal;
    case VT_UI1: return raw_.bVal;
    case VT_BOOL: return raw_.boolVal != VARIANT_FALSE;
    default: return std::nullopt;
  }
}

bool Variant::flag() const { return number().value_or(0) != 0; }

std::optional<std::int64_t> Variant::instant() const {
  constexpr double epoch = 25'569;  // days from 1899-12-30 to 1970-01-01
  if (raw_.vt != VT_DATE || raw_.date < epoch || raw_.date > 2'958'465) return std::nullopt;
  return static_cast<std::int64_t>(std::llround((raw_.date - epoch) * 86'400'000));
}

Object& Object::operator=(Object&& other) noexcept {
  if (this != &other) {
    reset();
    raw_ = other.raw_;
    other.raw_ = nullptr;
  }
  return *this;
}

void Object::reset() {
  if (raw_ != nullptr) raw_->Release();
  raw_ = nullptr;
}

Object Object::create(const wchar_t* program_id, HRESULT& code) {
  CLSID id{};
  code = CLSIDFromProgID(program_id, &id);
  if (FAILED(code)) return {};
  void* raw = nullptr;
  static const IID dispatch = {0x00020400, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
  code = CoCreateInstance(id, nullptr, CLSCTX_INPROC_SERVER | CLSCTX_LOCAL_SERVER, dispatch, &raw);
  return FAILED(code) ? Object() : Object(static_cast<IDispatch*>(raw));
}

Object Object::from(Variant& value) {
  VARIANT& v = value.raw();
  if (v.vt != VT_DISPATCH || v.pdispVal == nullptr) return {};
  v.pdispVal->AddRef();
  return Object(v.pdispVal);
}

HRESULT Object::invoke(const wchar_t* name, WORD kind, std::vector<Variant>& given, Variant& out) {
  if (raw_ == nullptr) return E_POINTER;
  static const IID none = {};
  DISPID id = 0;
  auto* text = const_cast<wchar_t*>(name);
  HRESULT code = raw_->GetIDsOfNames(none, &text, 1, LOCALE_INVARIANT, &id);
  if (FAILED(code)) return code;
  std::vector<VARIANT> turned;
  for (auto it = given.rbegin(); it != given.rend(); ++it) turned.push_back(it->raw());
  DISPID put = DISPID_PROPERTYPUT;
  DISPPARAMS parameters{};
  parameters.rgvarg = turned.data();
  parameters.cArgs = static_cast<UINT>(turned.size());
  if (kind == DISPATCH_PROPERTYPUT) {
    parameters.rgdispidNamedArgs = &put;
    parameters.cNamedArgs = 1;
  }
  return raw_->Invoke(id, none, LOCALE_INVARIANT, kind, &parameters, &out.raw(), nullptr, nullptr);
}

Variant Object::get(const wchar_t* name, std::vector<Variant> given) {
  Variant out;
  last_ = invoke(name, DISPATCH_PROPERTYGET | DISPATCH_METHOD, given, out);
  return out;
}

void Object::set(const wchar_t* name, Variant value) {
  Variant out;
  std::vector<Variant> given;
  given.push_back(std::move(value));
  last_ = invoke(name, DISPATCH_PROPERTYPUT, given, out);
}

Object Object::object(const wchar_t* name, std::vector<Variant> given) {
  Variant out = get(name, std::move(given));
  Object made = from(out);
  if (!made.ok() && SUCCEEDED(last_)) last_ = E_NOINTERFACE;
  return made;
}

std::vector<Object> Object::items(std::size_t most) {
  std::vector<Object> out;
  if (raw_ == nullptr) return out;
  static const IID none = {};
  static const IID enumeration = {0x00020404, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
  Variant made;
  DISPPARAMS parameters{};
  last_ = raw_->Invoke(DISPID_NEWENUM, none, LOCALE_INVARIANT,
                       DISPATCH_PROPERTYGET | DISPATCH_METHOD, &parameters, &made.raw(), nullptr,
                       nullptr);
  const VARIANT& v = made.raw();
  if (FAILED(last_) || (v.vt != VT_UNKNOWN && v.vt != VT_DISPATCH) || v.punkVal == nullptr) {
    if (SUCCEEDED(last_)) last_ = E_NOINTERFACE;
    return out;
  }
  IEnumVARIANT* list = nullptr;
  last_ = v.punkVal->QueryInterface(enumeration, reinterpret_cast<void**>(&list));
  if (FAILED(last_)) return out;
  while (out.size() < most) {
    Variant item;
    ULONG n = 0;
    const HRESULT code = list->Next(1, &item.raw(), &n);
    if (FAILED(code)) last_ = code;
    if (code != S_OK || n == 0) break;
    if (Object object = from(item); object.ok()) out.push_back(std::move(object));
  }
  list->Release();
  return out;
}

}  // namespace khien::windows
