// COM by late binding (IDispatch): WMI, Windows Update and the Task Scheduler without their
// headers, so that what a Windows lacks is an empty answer. One apartment a thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "windows/win32.h"

#include <oaidl.h>
#include <objbase.h>
#include <oleauto.h>

namespace khien::windows {

class Apartment {  // COM for this thread while it lives
 public:
  Apartment() : code_(CoInitializeEx(nullptr, COINIT_MULTITHREADED)) {}
  Apartment(const Apartment&) = delete;
  Apartment& operator=(const Apartment&) = delete;
  ~Apartment() {
    if (SUCCEEDED(code_)) CoUninitialize();
  }

 private:
  HRESULT code_;
};

class Variant {  // owns what the VARIANT holds
 public:
  Variant() { VariantInit(&raw_); }
  explicit Variant(std::string_view text);
  explicit Variant(std::int32_t number);
  explicit Variant(bool flag);
  Variant(Variant&& other) noexcept : raw_(other.raw_) { VariantInit(&other.raw_); }
  Variant& operator=(Variant&&) = delete;
  ~Variant() { VariantClear(&raw_); }
  [[nodiscard]] VARIANT& raw() { return raw_; }
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::optional<std::int64_t> number() const;
  [[nodiscard]] bool flag() const;
  [[nodiscard]] std::optional<std::int64_t> instant() const;  // a VT_DATE of UTC, as ms

 private:
  VARIANT raw_;
};

class Object {  // owns one reference; empty when nothing answered
 public:
  Object() = default;
  explicit Object(IDispatch* raw) : raw_(raw) {}
  Object(Object&& other) noexcept : raw_(other.raw_) { other.raw_ = nullptr; }
  Object& operator=(Object&& other) noexcept;
  ~Object() { reset(); }
  [[nodiscard]] static Object create(const wchar_t* program_id, HRESULT& code);
  [[nodiscard]] static Object from(Variant& value);
  [[nodiscard]] bool ok() const { return raw_ != nullptr; }
  [[nodiscard]] HRESULT last() const { return last_; }  // of the newest call

  // A property or method; arguments in their order.
  Variant get(const wchar_t* name, std::vector<Variant> arguments = {});
  void set(const wchar_t* name, Variant value);
  [[nodiscard]] Object object(const wchar_t* name, std::vector<Variant> arguments = {});
  // Members of a collection (_NewEnum), at most `most`.
  [[nodiscard]] std::vector<Object> items(std::size_t most);

 private:
  void reset();
  HRESULT invoke(const wchar_t* name, WORD kind, std::vector<Variant>& arguments, Variant& out);
  IDispatch* raw_ = nullptr;
  HRESULT last_ = S_OK;
};

template <class... T>
[[nodiscard]] std::vector<Variant> arguments(T... values) {
  std::vector<Variant> out;
  (out.emplace_back(values), ...);
  return out;
}

}  // namespace khien::windows
