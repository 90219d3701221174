@_exported import PolywriteModels
