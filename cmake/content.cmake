# content/ is packed into one read-only blob inside the binary: YAML as a binary tree with its line
# numbers, everything else byte for byte. The packer also validates, so a broken file breaks the
# build with its line.
file(GLOB_RECURSE content_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/content/*)
add_executable(khien_pack tools/pack_content.cc)
target_link_libraries(khien_pack PRIVATE khien_base)

# The model of kinds is trained from the example clauses and the annotated dispatches; it goes into
# the blob as measures/model.bin. Nothing else of content/ makes it train again.
file(GLOB_RECURSE lessons CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/content/measures/*.yaml
     ${CMAKE_SOURCE_DIR}/content/programs/*.yaml
     ${CMAKE_SOURCE_DIR}/tools/lessons/*.txt
     ${CMAKE_SOURCE_DIR}/tools/lessons/*.json)
add_executable(khien_train tools/train_kinds.cc)
target_link_libraries(khien_train PRIVATE khien_dispatch)
set(content_made ${CMAKE_BINARY_DIR}/content_made)
set(kind_model ${content_made}/measures/model.bin)
file(MAKE_DIRECTORY ${content_made}/measures)
if(KHIEN_MODEL)  # instrumented, the training takes half an hour
  add_custom_command(OUTPUT ${kind_model} COMMAND ${CMAKE_COMMAND} -E copy ${KHIEN_MODEL} ${kind_model}
    DEPENDS ${KHIEN_MODEL} COMMENT "Taking the model as given")
else()
  add_custom_command(OUTPUT ${kind_model}
    COMMAND khien_train ${CMAKE_SOURCE_DIR}/content ${CMAKE_SOURCE_DIR}/tools/lessons
            ${kind_model}
    DEPENDS khien_train ${lessons} COMMENT "Training the model of kinds")
endif()

set(content_blob ${CMAKE_BINARY_DIR}/content.blob)
add_custom_command(OUTPUT ${content_blob}
  COMMAND khien_pack ${CMAKE_SOURCE_DIR}/content ${content_made} ${content_blob}
  DEPENDS khien_pack ${kind_model} ${content_files} COMMENT "Packing content")
set(content_asm ${CMAKE_BINARY_DIR}/content_blob.S)
file(CONFIGURE OUTPUT ${content_asm} CONTENT
"    .section .rodata
    .global khien_content_begin
    .global khien_content_end
    .balign 16
khien_content_begin:
    .incbin \"${content_blob}\"
khien_content_end:
    .byte 0
    .section .note.GNU-stack,\"\",@progbits
")
enable_language(ASM)
set_source_files_properties(${content_asm} PROPERTIES OBJECT_DEPENDS ${content_blob})
add_library(khien_content STATIC ${content_asm} ${CMAKE_SOURCE_DIR}/tools/content_blob.cc)
set_source_files_properties(${content_asm} PROPERTIES COMPILE_OPTIONS "-Wno-error")
target_include_directories(khien_content PUBLIC ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(khien_content PUBLIC khien_base)

# Makes the sealed sample bundles of samples/agency/may-khac from tests/corpus/bundles.
add_executable(khien_make_bundle EXCLUDE_FROM_ALL tools/make_bundle.cc)
target_link_libraries(khien_make_bundle PRIVATE khien_store)
