-- expect: unknown SG110(${unknown.id})
${unknown};
