@_exported import PolywriteEnums
@_exported import PolywriteJSON
