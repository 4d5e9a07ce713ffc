# cmake -DFOLDER=i18n -DOUT=x.cc -P EmbedCatalogue.cmake
# Writes the catalogues as string literals, so that the program needs no file at run time.
set(text "// Made from i18n/*.json by cmake/EmbedCatalogue.cmake.\n#include \"wording/catalogue.h\"\n\n")
string(APPEND text "namespace ripen::wording {\n\n")
foreach(name IN ITEMS en de banned)
  file(READ ${FOLDER}/${name}.json json)
  string(SUBSTRING "${name}" 0 1 first)
  string(TOUPPER "${first}" first)
  string(SUBSTRING "${name}" 1 -1 rest)
  string(APPEND text "const char* const k${first}${rest}CatalogueJson = R\"catalogue(${json})catalogue\";\n\n")
endforeach()
string(APPEND text "}  // namespace ripen::wording\n")
file(WRITE ${OUT} "${text}")
