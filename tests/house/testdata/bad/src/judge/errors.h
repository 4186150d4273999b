inline constexpr Code first = "K0501";
inline constexpr Code second = "K0501";
